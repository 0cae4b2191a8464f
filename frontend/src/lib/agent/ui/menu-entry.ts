import type { Component } from 'svelte';

/** One line of a menu: a deed, or a place to go. */
export type MenuEntry = {
  label: string;
  hint?: string;
  icon?: Component<{ size?: number; 'aria-hidden'?: 'true' }>;
  tone?: 'danger';
  /** Among alternatives: whether this is the one that holds. */
  checked?: boolean;
  /** Begins a new group, with a heading when there is one. */
  group?: string | true;
  disabled?: boolean;
} & ({ href: string; newTab?: boolean } | { onselect: () => void });
