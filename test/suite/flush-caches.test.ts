import { expect, it } from 'vitest';
import { run, world } from './simulated-world.ts';

it('flushOf() writes a large buffer before each sample of a cold case, which is one iteration', async () => {
  const { session } = world();
  const fills: number[] = [];
  const record: typeof session.device.record = (request) => {
    const submission = session.device.record(request);
    const [step] = request.steps;
    if (step?.op === 'fill') {
      const submit = submission.submit.bind(submission);
      submission.submit = () => {
        fills.push(request.iterations);
        submit();
      };
    }
    return submission;
  };
  const cold = { ...session, device: { ...session.device, record } };
  const result = await run(cold, { cold: () => true });
  expect(result).toMatchObject({ status: 'ok', iterations: 1 });
  expect(fills.length).toBeGreaterThanOrEqual(
    (result.samples?.wallNs.length ?? 0) + result.warmUpSubmissions,
  );
  expect(result.samples?.gpuNs.length).toBeGreaterThan(0);

  fills.length = 0;
  expect((await run(cold, { cold: () => false })).status).toBe('ok');
  expect(fills).toEqual([]);
});
