import type { Catalogue } from '../message.js';
import type { Locale } from '../locales.js';
import type { opening } from './en.opening.js';
import type { rest } from './en.rest.js';

/** Each language in two parts, each part its own file: nobody loads a language, or a page's end, that they do not meet. */
export const openings: Record<Locale, () => Promise<{ opening: Catalogue }>> = {
  en: () => import('./en.opening.js'),
  de: () => import('./de.opening.js'),
  fr: () => import('./fr.opening.js'),
  es: () => import('./es.opening.js'),
  pt: () => import('./pt.opening.js'),
};

export const rests: Record<Locale, () => Promise<{ rest: Catalogue }>> = {
  en: () => import('./en.rest.js'),
  de: () => import('./de.rest.js'),
  fr: () => import('./fr.rest.js'),
  es: () => import('./es.rest.js'),
  pt: () => import('./pt.rest.js'),
};

export type RecorderMessages = typeof opening & typeof rest;
