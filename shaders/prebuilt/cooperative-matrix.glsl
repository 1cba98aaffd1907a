// Cooperative matrices of a subgroup in the words of either extension: GL_KHR_cooperative_matrix, or with NV defined
// GL_NV_cooperative_matrix, the only one that older drivers have. A is M × K, B is K × N, sums are M × N, all row by row;
// places and strides count elements of the array that is given, whatever its type.
//
// Expects the macros INPUT and SUM (types of the elements), for NV also SUM_BITS; and the constants M, N, K.
#extension GL_KHR_memory_scope_semantics : require
#extension GL_KHR_shader_subgroup_basic : require
#extension GL_EXT_shader_explicit_arithmetic_types : require
#extension GL_EXT_shader_16bit_storage : require
#extension GL_EXT_control_flow_attributes : require
#ifdef BFLOAT16
#extension GL_EXT_bfloat16 : require
#endif
#pragma use_vulkan_memory_model

#ifdef NV
#extension GL_NV_cooperative_matrix : require
#define LEFT fcoopmatNV<16, gl_ScopeSubgroup, M, K>
#define RIGHT fcoopmatNV<16, gl_ScopeSubgroup, K, N>
#define TOTAL fcoopmatNV<SUM_BITS, gl_ScopeSubgroup, M, N>
#define LOAD_MATRIX(matrix, array, place, stride) coopMatLoadNV(matrix, array, place, stride, false)
#define STORE_MATRIX(matrix, array, place, stride) coopMatStoreNV(matrix, array, place, stride, false)
#define MULTIPLY_ADD(a, b, c) coopMatMulAddNV(a, b, c)
#else
#extension GL_KHR_cooperative_matrix : require
#define LEFT coopmat<INPUT, gl_ScopeSubgroup, M, K, gl_MatrixUseA>
#define RIGHT coopmat<INPUT, gl_ScopeSubgroup, K, N, gl_MatrixUseB>
#define TOTAL coopmat<SUM, gl_ScopeSubgroup, M, N, gl_MatrixUseAccumulator>
#define LOAD_MATRIX(matrix, array, place, stride) \
  coopMatLoad(matrix, array, place, stride, gl_CooperativeMatrixLayoutRowMajor)
#define STORE_MATRIX(matrix, array, place, stride) \
  coopMatStore(matrix, array, place, stride, gl_CooperativeMatrixLayoutRowMajor)
#define MULTIPLY_ADD(a, b, c) coopMatMulAdd(a, b, c)
#endif
