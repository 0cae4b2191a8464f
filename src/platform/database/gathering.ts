interface Waiting<Call, Answer> {
  readonly call: Call;
  readonly subject: unknown;
  readonly outcome: PromiseWithResolvers<Answer>;
}

interface Asked {
  readonly subjects: ReadonlySet<unknown>;
  isLate: boolean;
}

const MOST_TOGETHER = 64;
/** Longer than a busy database takes: a statement that takes so long may be on a line that has fallen silent. */
const LATE_AFTER_MS = 1_000;
/** They are given up after a while, but until then each has a connection. */
const MOST_AT_ONCE = 4;

/**
 * Lets calls share statements: the first goes at once, and while it is on its way the others gather for the next. A
 * statement costs its system calls and its turn at the database whether it asks for one thing or for sixty. One that
 * is late holds up nobody but those who ask about the same.
 */
export class Gathering<Call, Answer> {
  private waiting: Waiting<Call, Answer>[] = [];
  private readonly asked = new Set<Asked>();

  /**
   * @param ask answers the calls in their order, or fails, within a time of its own; when it fails, all of them fail
   * @param subjectOf calls about the same subject never go together: each finds what the one before left
   */
  constructor(
    private readonly ask: (calls: readonly Call[]) => Promise<readonly Answer[]>,
    private readonly subjectOf: (call: Call) => unknown = (call) => call,
  ) {}

  call(call: Call): Promise<Answer> {
    const outcome = Promise.withResolvers<Answer>();
    this.waiting.push({ call, subject: this.subjectOf(call), outcome });
    this.askNext();
    return outcome.promise;
  }

  private askNext(): void {
    const all = [...this.asked];
    if (all.length >= MOST_AT_ONCE || all.some(({ isLate }) => !isLate)) return;
    const batch = this.takeBatch(all);
    if (batch.length) void this.askFor(batch);
  }

  private async askFor(batch: readonly Waiting<Call, Answer>[]): Promise<void> {
    const asked: Asked = { subjects: new Set(batch.map(({ subject }) => subject)), isLate: false };
    this.asked.add(asked);
    const late = setTimeout(() => ((asked.isLate = true), this.askNext()), LATE_AFTER_MS).unref();
    await this.ask(batch.map(({ call }) => call)).then(
      (answers) => batch.forEach(({ outcome }, index) => outcome.resolve(answers[index]!)),
      (error) => batch.forEach(({ outcome }) => outcome.reject(error)),
    );
    clearTimeout(late);
    this.asked.delete(asked);
    this.askNext();
  }

  private takeBatch(asked: readonly Asked[]): Waiting<Call, Answer>[] {
    const batch = new Map<unknown, Waiting<Call, Answer>>();
    const later: Waiting<Call, Answer>[] = [];
    for (const each of this.waiting) {
      const isAsked = batch.has(each.subject) || asked.some(({ subjects }) => subjects.has(each.subject));
      if (batch.size < MOST_TOGETHER && !isAsked) batch.set(each.subject, each);
      else later.push(each);
    }
    this.waiting = later;
    return [...batch.values()];
  }
}
