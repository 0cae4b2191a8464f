import { changeWorkspace, getWorkspace } from '#lib/api/workspace.js';
import type { WorkspaceSettings } from '#lib/api/types.js';

const fewestDays = 1;
const mostDays = 3650;
const parts = ({ name, accent, abandonedPolicy, retentionDays }: WorkspaceSettings): WorkspaceSettings => {
  return { name, accent, abandonedPolicy, retentionDays };
};

/** The workspace's settings while they are being changed. */
export class WorkspaceForm {
  state: 'loading' | 'ready' | 'failed' = $state('loading');
  failure: unknown = $state.raw(null);
  busy = $state(false);
  values: WorkspaceSettings = $state({ name: '', accent: null, abandonedPolicy: 'finalise', retentionDays: 30 });
  refused: unknown = $state.raw(null);
  #saved: WorkspaceSettings | null = $state.raw(null);

  get changed(): Partial<WorkspaceSettings> {
    const saved = this.#saved;
    if (!saved) return {};
    const entries = Object.entries(this.values) as [keyof WorkspaceSettings, unknown][];
    return Object.fromEntries(entries.filter(([key, value]) => saved[key] !== value));
  }

  get isChanged(): boolean {
    return Object.keys(this.changed).length > 0;
  }

  get nameWrong(): boolean {
    return this.values.name.trim() === '';
  }

  get retentionWrong(): boolean {
    const days = this.values.retentionDays;
    return !Number.isInteger(days) || days < fewestDays || days > mostDays;
  }

  async load(): Promise<void> {
    this.state = 'loading';
    try {
      this.#take(parts(await getWorkspace()));
      this.state = 'ready';
    } catch (failure) {
      Object.assign(this, { failure, state: 'failed' });
    }
  }

  /** Saves what the form says now; what is typed meanwhile stays. @returns what is saved, or null */
  async save(): Promise<WorkspaceSettings | null> {
    if (this.busy || this.nameWrong || this.retentionWrong) return null;
    Object.assign(this, { busy: true, refused: null });
    const sent = { ...this.values };
    try {
      const saved = parts(await changeWorkspace(this.changed));
      const typed = Object.entries(this.values).filter(([key, value]) => sent[key as keyof typeof sent] !== value);
      this.#take(saved);
      Object.assign(this.values, Object.fromEntries(typed));
      return saved;
    } catch (refused) {
      this.refused = refused;
      return null;
    } finally {
      this.busy = false;
    }
  }

  #take(settings: WorkspaceSettings): void {
    this.#saved = settings;
    this.values = { ...settings };
  }
}
