// Adds up stages and withheld time over the samples of a run, and takes steal, which is known for all samples together only,
// out of the stages. Arithmetic of bounds; knows no clock.
import type { PartId, PartMean } from './evidence.ts';
import { type Estimate, NOTHING } from './run-queue-delay.ts';

/** A stage of one sample, in ns. */
export interface StageSpan {
  readonly wholeNs: number;
  /** What the guest's scheduler withheld in it. */
  readonly withheld?: Estimate;
  /** Error (±) of the whole. */
  readonly errorNs?: number;
  /** What of it looks stolen: where steal is taken out first. Left out, nothing of the stage can have been. */
  readonly stolenNs?: number;
}

interface Sum {
  lowNs: number;
  ns: number;
  highNs: number;
  /** How much steal there can be in it, and how much of it looks stolen. */
  stealRoomNs: number;
  stolenNs: number;
}

/** Sums by part. */
export class SpanSums {
  readonly #sums = new Map<PartId, Sum>();

  /** Adds a stage of a sample, without what was withheld from it. */
  add(id: PartId, { wholeNs, withheld = NOTHING, errorNs = 0, stolenNs }: StageSpan): void {
    const sum = this.#sum(id);
    sum.lowNs += Math.max(0, wholeNs - withheld.highNs - errorNs);
    sum.ns += Math.max(0, wholeNs - withheld.ns);
    sum.highNs += Math.max(0, wholeNs - withheld.lowNs) + errorNs;
    if (stolenNs === undefined) return;
    sum.stealRoomNs += Math.max(0, wholeNs - withheld.ns);
    sum.stolenNs += Math.max(0, Math.min(stolenNs, wholeNs - withheld.ns));
  }

  /** Takes more out of a stage that was added, and says how much of it steal can be. */
  withhold(id: PartId, withheld: Estimate, steal: { stealRoomNs: number; stolenNs: number }): void {
    const sum = this.#sum(id);
    sum.lowNs -= withheld.highNs;
    sum.ns -= withheld.ns;
    sum.highNs -= withheld.lowNs;
    sum.stealRoomNs += steal.stealRoomNs - withheld.ns;
    sum.stolenNs += steal.stolenNs;
  }

  /** Adds withheld time as a part of its own. */
  addWithheld(id: PartId, { lowNs, ns, highNs }: Estimate): void {
    const sum = this.#sum(id);
    sum.lowNs += lowNs;
    sum.ns += ns;
    sum.highNs += highNs;
  }

  /**
   * Makes steal a part, and takes it out of the stages: the best statement first where time looks stolen, then in the
   * proportion of what is left; the bounds wherever it fits.
   */
  takeSteal(steal: Estimate): void {
    const stages = [...this.#sums.values()].filter(({ stealRoomNs }) => stealRoomNs > 0);
    for (const stage of stages) stage.stolenNs = Math.min(stage.stolenNs, stage.stealRoomNs);
    const [roomNs, stolenNs] = [total(stages, 'stealRoomNs'), total(stages, 'stolenNs')];
    const ns = Math.min(steal.ns, roomNs);
    const firstNs = Math.min(ns, stolenNs);
    const restNs = ns - firstNs;
    for (const stage of stages) {
      const inFirst = stolenNs > 0 ? (firstNs * stage.stolenNs) / stolenNs : 0;
      const leftNs = stage.stealRoomNs - stage.stolenNs;
      const inRest = restNs > 0 ? (restNs * leftNs) / (roomNs - stolenNs) : 0;
      stage.ns = Math.max(0, stage.ns - inFirst - inRest);
      stage.lowNs = Math.max(0, stage.lowNs - Math.min(steal.highNs, stage.stealRoomNs));
      stage.highNs = Math.max(0, stage.highNs - Math.max(0, steal.lowNs - (roomNs - stage.stealRoomNs)));
    }
    this.addWithheld('steal', { ...steal, ns, lowNs: Math.min(steal.lowNs, ns) });
  }

  /** A part over `count`, with its best statement between its bounds; nothing where it was never added. */
  mean(id: PartId, count: number): PartMean | undefined {
    const sum = this.#sums.get(id);
    if (sum === undefined) return undefined;
    const ns = Math.max(0, sum.ns);
    return {
      id,
      ns: ns / count,
      lowNs: Math.max(0, Math.min(sum.lowNs, ns)) / count,
      highNs: Math.max(sum.highNs, ns) / count,
    };
  }

  #sum(id: PartId): Sum {
    const known = this.#sums.get(id);
    if (known !== undefined) return known;
    const sum: Sum = { lowNs: 0, ns: 0, highNs: 0, stealRoomNs: 0, stolenNs: 0 };
    this.#sums.set(id, sum);
    return sum;
  }
}

function total(sums: readonly Sum[], key: 'stealRoomNs' | 'stolenNs'): number {
  return sums.reduce((all, sum) => all + sum[key], 0);
}
