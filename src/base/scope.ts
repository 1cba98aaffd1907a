// Ownership: what is opened in a scope is closed in reverse order, whatever happens. A stand-in for
// DisposableStack, which Node 20 lacks.

/** Collects disposables and disposes them in reverse order, once. */
export class Scope implements Disposable {
  readonly #owned: Disposable[] = [];

  /**
   * Runs `make` with a new scope. Its result is expected to dispose the scope when it ends; where `make`
   * throws, what it had opened so far is disposed.
   *
   * @throws What `make` threw, also where closing fails after it: the first error tells more.
   */
  static open<T>(make: (scope: Scope) => T): T {
    const scope = new Scope();
    try {
      return make(scope);
    } catch (error) {
      scope.#disposeAll();
      throw error;
    }
  }

  /** Takes ownership of `resource` and returns it. */
  use<T extends Disposable>(resource: T): T {
    this.#owned.push(resource);
    return resource;
  }

  /** Calls `dispose` when the scope ends. */
  defer(dispose: () => void): void {
    this.#owned.push({ [Symbol.dispose]: dispose });
  }

  /**
   * Disposes everything, last first. One failure does not keep the rest alive.
   *
   * @throws The first error met, after everything was tried.
   */
  [Symbol.dispose](): void {
    const errors = this.#disposeAll();
    if (errors.length > 0) throw errors[0];
  }

  /** Disposes everything and gives the errors met. */
  #disposeAll(): readonly unknown[] {
    const errors: unknown[] = [];
    for (let owned = this.#owned.pop(); owned !== undefined; owned = this.#owned.pop()) {
      try {
        owned[Symbol.dispose]();
      } catch (error) {
        errors.push(error);
      }
    }
    return errors;
  }
}
