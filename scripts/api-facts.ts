import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import ts from 'typescript';

/** What docs/api.md says of the code, read from the code: refusals, limits and lifetimes, as they are written there. */

export interface Refused {
  readonly code: string;
  readonly statuses: readonly number[];
  readonly sentences: readonly string[];
}
export interface Limit {
  readonly name: string;
  readonly points: number;
  readonly perSeconds: number;
}

/** What is no refusal, and yet answered. */
const BUG = 'UNEXPECTED_FAILURE';

/** Every source file of the server. */
export async function sources(): Promise<ts.SourceFile[]> {
  const names = (
    await Promise.all(
      ['src', 'modules'].map(async (root) =>
        (await readdir(root, { recursive: true })).map((name) => join(root, name)),
      ),
    )
  ).flat();
  return Promise.all(
    names
      .filter((name) => name.endsWith('.ts'))
      .sort()
      .map(async (name) => ts.createSourceFile(name, await readFile(name, 'utf8'), ts.ScriptTarget.Latest, true)),
  );
}

/** Every code that the server refuses with, once. */
export function refusals(files: readonly ts.SourceFile[]): Refused[] {
  const kinds = objectOf(files, 'problem.ts', 'STATUS');
  const found = new Map<string, { statuses: Set<number>; sentences: Set<string> }>();
  const note = (code: string, statuses: readonly number[], sentence: string) => {
    const known = found.get(code) ?? { statuses: new Set<number>(), sentences: new Set<string>() };
    if (sentence) known.sentences.add(sentence);
    for (const status of statuses) known.statuses.add(status);
    found.set(code, known);
  };
  for (const [status, row] of objectOf(files, 'refusals-of-errors.ts', 'BY_STATUS')) {
    const [code, sentence] = (row as ts.ArrayLiteralExpression).elements;
    note(textOf(code)!, [Number(status)], textOf(sentence)!);
  }
  for (const file of files) {
    for (const { callee, args } of callsIn(file)) {
      const wire = callee === 'WireRefusal' || callee === 'super';
      const [code, sentence, kind] = wire ? args.slice(1) : args;
      if (!textOf(code) || !/^[A-Z][A-Z0-9_]+$/.test(textOf(code)!)) continue;
      const named = kinds.get(textOf(kind) ?? 'conflict');
      const statuses =
        textOf(code) === BUG ? [500] : wire ? statusesOf(args[0]!, file) : named ? [Number(named.getText())] : [];
      const said = sentence && ts.isIdentifier(sentence) ? initialOf(file, sentence.text) : sentence;
      note(textOf(code)!, statuses, textOf(said) ?? '');
    }
  }
  return [...found]
    .map(([code, { statuses, sentences }]) => ({ code, statuses: [...statuses].sort(), sentences: [...sentences] }))
    .sort((one, other) => (one.code < other.code ? -1 : 1));
}

/** Every named rate limit whose numbers are fixed. */
export function limits(files: readonly ts.SourceFile[]): Limit[] {
  return files
    .flatMap((file) =>
      nodesOf(file, ts.isObjectLiteralExpression).map((literal) => ({ file, fields: fieldsOf(literal) })),
    )
    .filter(({ fields }) => ['name', 'points', 'perSeconds'].every((field) => fields.has(field)))
    .flatMap(({ file, fields }) => {
      const [points, perSeconds] = [fields.get('points')!, fields.get('perSeconds')!].map((value) =>
        numberOf(value, file),
      );
      return points && perSeconds ? [{ name: textOf(fields.get('name'))!, points, perSeconds }] : [];
    });
}

/** The number a constant stands for. @throws Error when there is no such constant any more */
export function constant(files: readonly ts.SourceFile[], file: string, name: string): number {
  const source = files.find(({ fileName }) => basename(fileName) === file);
  const value = source && initialOf(source, name);
  const number = value && numberOf(value, source);
  if (!number) throw new Error(`There is no number ${name} in ${file}; say in scripts/api-page.ts where it is now`);
  return number;
}

function callsIn(file: ts.SourceFile): { callee: string; args: readonly ts.Expression[] }[] {
  const calls = nodesOf(
    file,
    (node): node is ts.CallExpression | ts.NewExpression => ts.isCallExpression(node) || ts.isNewExpression(node),
  );
  return calls
    .map((call) => ({ callee: call.expression.getText(), args: call.arguments ?? [] }))
    .filter(
      ({ callee, args }) =>
        ['refuse', 'Refusal', 'WireRefusal'].includes(callee) || (callee === 'super' && args.length > 2),
    );
}

function statusesOf(expression: ts.Expression, file: ts.SourceFile): number[] {
  const literals = ts.isNumericLiteral(expression) ? [expression] : nodesOf(file, ts.isNumericLiteral);
  return literals.map(({ text }) => Number(text)).filter((number) => number >= 400 && number < 600);
}

/** Text as it is sent, with … where it depends. */
function textOf(node: ts.Node | undefined): string | undefined {
  if (!node) return undefined;
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join('');
}

function numberOf(node: ts.Node, file: ts.SourceFile): number | undefined {
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (ts.isIdentifier(node)) {
    const value = initialOf(file, node.text);
    return value && numberOf(value, file);
  }
  if (!ts.isBinaryExpression(node)) return undefined;
  const [left, right] = [numberOf(node.left, file), numberOf(node.right, file)];
  if (left === undefined || right === undefined) return undefined;
  if (node.operatorToken.kind === ts.SyntaxKind.AsteriskToken) return left * right;
  return node.operatorToken.kind === ts.SyntaxKind.SlashToken ? left / right : undefined;
}

function initialOf(file: ts.SourceFile, name: string): ts.Expression | undefined {
  return nodesOf(file, ts.isVariableDeclaration).find((declared) => declared.name.getText() === name)?.initializer;
}

function objectOf(files: readonly ts.SourceFile[], file: string, name: string): Map<string, ts.Expression> {
  const source = files.find(({ fileName }) => basename(fileName) === file)!;
  return fieldsOf(initialOf(source, name) as ts.ObjectLiteralExpression);
}

function fieldsOf(literal: ts.ObjectLiteralExpression): Map<string, ts.Expression> {
  return new Map(
    literal.properties.flatMap((field) =>
      ts.isPropertyAssignment(field) ? [[field.name.getText(), field.initializer] as const] : [],
    ),
  );
}

export function nodesOf<T extends ts.Node>(root: ts.Node, is: (node: ts.Node) => node is T): T[] {
  const found: T[] = [];
  const visit = (node: ts.Node) => {
    if (is(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(root);
  return found;
}
