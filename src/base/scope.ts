// Ownership: what is opened in a scope is closed in reverse order, whatever happens. A stand-in for
// DisposableStack, which Node 20 lacks.

/** Collects disposables and disposes them in reverse order, once. */
export class Scope implements Disposable {
  readonly #owned: Disposable[] = [];

  /** Takes ownership of `resource` and returns it. */
  use<T extends Disposable>(resource: T): T {
    this.#owned.push(resource);
    return resource;
  }

  /** Calls `dispose` when the scope ends. */
  defer(dispose: () => void): void {
    this.#owned.push({ [Symbol.dispose]: dispose });
  }

  /** Gives everything owned so far to a new scope; this one is then empty. */
  move(): Scope {
    const moved = new Scope();
    moved.#owned.push(...this.#owned.splice(0));
    return moved;
  }

  /**
   * Disposes everything, last first. One failure does not keep the rest alive.
   *
   * @throws The first error met, after everything was tried.
   */
  [Symbol.dispose](): void {
    const errors: unknown[] = [];
    for (let owned = this.#owned.pop(); owned !== undefined; owned = this.#owned.pop()) {
      try {
        owned[Symbol.dispose]();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
  }
}
