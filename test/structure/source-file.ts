// A source file as the structure rules see it: what it imports, how long its functions are, what it
// calls. Parsed, not guessed from the text, so that a comment or a string is never taken for code.
import { parseAst } from 'vitest/node';

/** One import, re-export, `import()` or `require()`. */
export interface Import {
  readonly specifier: string;
  /** Gone at run time. `import { type A }` is not: it still loads the module. */
  readonly typeOnly: boolean;
  readonly dynamic: boolean;
  readonly line: number;
}

/** One function, method or arrow function with a body. */
interface FunctionSize {
  readonly name: string;
  readonly line: number;
  readonly lines: number;
}

/** A parsed file. */
export interface SourceFile {
  /** Below the project's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
  readonly functions: readonly FunctionSize[];
  /** Member expressions of plain names, such as `console.log`; with the line. */
  readonly members: readonly { readonly name: string; readonly line: number }[];
  /** Types of the statements at the top level. */
  readonly statements: readonly string[];
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/** Parses TypeScript source text. */
export function parseSource(path: string, text: string): SourceFile {
  const program = parseAst(text, { lang: 'ts' }, path) as unknown as Node & {
    readonly body: readonly Node[];
  };
  const imports: Import[] = [];
  const functions: FunctionSize[] = [];
  const members: { name: string; line: number }[] = [];
  const lineOf = (offset: number): number => text.slice(0, offset).split('\n').length;
  walk(program, null, (node, parent) => {
    const line = lineOf(node.start);
    const found = importOf(node);
    if (found !== null) imports.push({ ...found, line });
    if (FUNCTIONS.has(node.type) && node.body) {
      functions.push({ name: nameOf(node, parent), line, lines: lineOf(node.end) - line + 1 });
    }
    if (node.type === 'MemberExpression') members.push({ name: memberName(node), line });
  });
  return { path, text, imports, functions, members, statements: program.body.map(({ type }) => type) };
}

const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);

function walk(node: Node, parent: Node | null, visit: (node: Node, parent: Node | null) => void): void {
  visit(node, parent);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) walk(child, node, visit);
    }
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}

function importOf(node: Node): Omit<Import, 'line'> | null {
  switch (node.type) {
    case 'ImportDeclaration':
      return { specifier: literal(node.source), typeOnly: node.importKind === 'type', dynamic: false };
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
      return node.source
        ? { specifier: literal(node.source), typeOnly: node.exportKind === 'type', dynamic: false }
        : null;
    case 'ImportExpression':
      return { specifier: literal(node.source), typeOnly: false, dynamic: true };
    case 'TSImportType':
      return { specifier: literal(node.source ?? node.argument), typeOnly: true, dynamic: false };
    case 'CallExpression':
      return requireOf(node);
    case 'TemplateLiteral':
      return templateOf(node);
    default:
      return null;
  }
}

/** `require('x')` and `createRequire(import.meta.url)('x')`. */
function requireOf(node: Node): Omit<Import, 'line'> | null {
  const callee = node.callee as Node;
  const inner = callee.type === 'CallExpression' ? (callee.callee as Node) : null;
  const requires = callee.name === 'require' || inner?.name === 'createRequire';
  const specifier = literal((node.arguments as readonly Node[])[0]);
  return requires && specifier !== '' ? { specifier, typeOnly: false, dynamic: true } : null;
}

/** A path that is put together and later required: `nvk/generated/${version}`. */
function templateOf(node: Node): Omit<Import, 'line'> | null {
  const head = (node.quasis as readonly { readonly value: { readonly raw: string } }[])[0]?.value.raw ?? '';
  return /^[a-z][\w-]*\/[\w./-]*$/.test(head) ? { specifier: head, typeOnly: false, dynamic: true } : null;
}

/** The text of a string literal; empty for any other expression. */
function literal(node: unknown): string {
  if (!isNode(node)) return '';
  if (node.type === 'TSLiteralType') return literal(node.literal);
  return node.type === 'Literal' && typeof node.value === 'string' ? node.value : '';
}

function memberName(node: Node): string {
  const [object, property] = [node.object as Node, node.property as Node];
  const left = object.type === 'MemberExpression' ? memberName(object) : String(object.name ?? '');
  return `${left}.${String(property.name ?? property.value ?? '')}`;
}

/** The name of a function, or of the variable or property that holds it. */
function nameOf(node: Node, parent: Node | null): string {
  const holder = (node.id ?? parent?.id ?? parent?.key) as { readonly name?: string } | null | undefined;
  return holder?.name ?? 'a function without a name';
}
