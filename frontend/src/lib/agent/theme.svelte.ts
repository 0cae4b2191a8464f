export type Theme = 'system' | 'light' | 'dark';
export const themes: readonly Theme[] = ['system', 'light', 'dark'];
const storedAs = 'screendesk-theme';

/** Light, dark, or whatever the system says. Kept in this browser. */
class ThemeChoice {
  current: Theme = $state('system');

  /** Before anything is drawn. A browser that refuses storage simply follows the system. */
  restore(): void {
    try {
      const stored = localStorage.getItem(storedAs) as Theme | null;
      this.current = stored && themes.includes(stored) ? stored : 'system';
    } catch {
      this.current = 'system';
    }
    this.#apply();
  }

  choose(theme: Theme): void {
    this.current = theme;
    this.#apply();
    try {
      if (theme === 'system') localStorage.removeItem(storedAs);
      else localStorage.setItem(storedAs, theme);
    } catch {
      // It holds until the page closes.
    }
  }

  #apply(): void {
    if (this.current === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = this.current;
  }
}

export const theme = new ThemeChoice();
