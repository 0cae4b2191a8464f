/**
 * Messages and how they are filled in. A message is a sentence with `{names}`, or one sentence for each plural form of
 * its `{count}`. Which form a number takes is the language's affair, so `Intl.PluralRules` decides.
 */

export type Plural = { readonly other: string } & { readonly [Form in Intl.LDMLPluralRule]?: string };
export type Message = string | Plural;
export type Catalogue = Readonly<Record<string, Message>>;

type NamesIn<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;
/** The names that a message asks for, read from its English text. */
export type Names<M> = M extends string ? NamesIn<M> : NamesIn<M[keyof M]>;
export type Values<M> = [Names<M>] extends [never] ? [] : [{ readonly [Name in Names<M>]: string | number }];

/** A language's catalogue must have every message of the English one, plural where that is. */
export type Translation<English extends Catalogue> = {
  readonly [Key in keyof English]: English[Key] extends string ? string : Plural;
};

/** Numbers are written as the language writes them. */
export function fill(message: Message, values: Readonly<Record<string, string | number>>, locale: string): string {
  const form = typeof message === 'string' ? message : pluralForm(message, Number(values.count), locale);
  return form.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name] ?? '';
    return typeof value === 'number' ? new Intl.NumberFormat(locale).format(value) : value;
  });
}

function pluralForm(message: Plural, count: number, locale: string): string {
  return message[new Intl.PluralRules(locale).select(count)] ?? message.other;
}
