interface Waiting<Call, Answer> {
  readonly call: Call;
  readonly outcome: PromiseWithResolvers<Answer>;
}

const MOST_TOGETHER = 64;

/**
 * Lets calls share statements: the first goes at once, and while it is on its way the others gather for the next. A
 * statement costs its system calls and its turn at the database whether it asks for one thing or for sixty.
 */
export class Gathering<Call, Answer> {
  private waiting: Waiting<Call, Answer>[] = [];
  private working = false;

  /**
   * @param ask answers the calls in their order; when it fails, all of them fail
   * @param subjectOf calls about the same subject never go together: each finds what the one before left
   */
  constructor(
    private readonly ask: (calls: readonly Call[]) => Promise<readonly Answer[]>,
    private readonly subjectOf: (call: Call) => unknown = (call) => call,
  ) {}

  call(call: Call): Promise<Answer> {
    const outcome = Promise.withResolvers<Answer>();
    this.waiting.push({ call, outcome });
    if (!this.working) void this.work();
    return outcome.promise;
  }

  private async work(): Promise<void> {
    this.working = true;
    for (let batch = this.takeBatch(); batch.length; batch = this.takeBatch()) {
      await this.ask(batch.map(({ call }) => call)).then(
        (answers) => batch.forEach(({ outcome }, index) => outcome.resolve(answers[index]!)),
        (error) => batch.forEach(({ outcome }) => outcome.reject(error)),
      );
    }
    this.working = false;
  }

  private takeBatch(): Waiting<Call, Answer>[] {
    const batch = new Map<unknown, Waiting<Call, Answer>>();
    const later: Waiting<Call, Answer>[] = [];
    for (const each of this.waiting) {
      const subject = this.subjectOf(each.call);
      if (batch.size < MOST_TOGETHER && !batch.has(subject)) batch.set(subject, each);
      else later.push(each);
    }
    this.waiting = later;
    return [...batch.values()];
  }
}
