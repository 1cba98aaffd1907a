#version 450
// Rate of option prices by the formula of Black and Scholes (1973): exponentials, a logarithm, a root and divisions
// between loads and stores, what pricing and other element-wise mathematics of applications look like.
//
// The cumulative normal distribution is the polynomial 26.2.17 of Abramowitz and Stegun (7.5e-8 at most from the true
// one, which is no matter of the device: the reference uses the same).
//
//   n           options: price of the share, strike price and years in three arrays
//   rate        riskless rate of interest a year
//   volatility  of the share, a year
//   groups      ceil(n / WORKGROUP_SIZE), or fewer: a grid-stride loop
//   items       n options
//   flops       58 n, a division, root, exponential or logarithm counted as one
//   bytes       20 n (12 n read, 8 n written)
//   verify      calls and puts against double precision, each within an error bound of its own
layout(constant_id = 0) const uint WORKGROUP_SIZE = 256;
layout(local_size_x_id = 0) in;

layout(push_constant) uniform Push { uint n; float rate; float volatility; };
layout(binding = 0) readonly buffer Prices { float prices[]; };
layout(binding = 1) readonly buffer Strikes { float strikes[]; };
layout(binding = 2) readonly buffer Years { float years[]; };
layout(binding = 3) writeonly buffer Calls { float calls[]; };
layout(binding = 4) writeonly buffer Puts { float puts[]; };

float cumulative(float d) {
  float k = 1.0 / (1.0 + 0.2316419 * abs(d));
  float polynomial =
    k * (0.319381530 + k * (-0.356563782 + k * (1.781477937 + k * (-1.821255978 + k * 1.330274429))));
  float tail = 0.39894228040143267794 * exp(-0.5 * d * d) * polynomial;
  return d > 0.0 ? 1.0 - tail : tail;
}

void main() {
  uint stride = gl_NumWorkGroups.x * WORKGROUP_SIZE;
  for (uint i = gl_GlobalInvocationID.x; i < n; i += stride) {
    float price = prices[i], strike = strikes[i], time = years[i];
    float spread = volatility * sqrt(time);
    float d1 = (log(price / strike) + (rate + 0.5 * volatility * volatility) * time) / spread;
    float n1 = cumulative(d1);
    float n2 = cumulative(d1 - spread);
    float discounted = strike * exp(-rate * time);
    calls[i] = price * n1 - discounted * n2;
    puts[i] = discounted * (1.0 - n2) - price * (1.0 - n1);
  }
}
