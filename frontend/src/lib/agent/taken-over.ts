import type { SessionView } from '../api/types.js';
import { texts } from './texts.js';

/** What is said on a page of somebody after another one has signed in in the same browser. */
export function takenOverWords(mine: SessionView, there: SessionView) {
  // One person may be a member of several workspaces, under the same name.
  const elsewhere = mine.workspace.id !== there.workspace.id;
  const nameOf = ({ member, workspace }: SessionView) => {
    const name = member.name ?? member.email ?? texts.noName;
    return elsewhere ? texts.signIn.within(name, workspace.name) : name;
  };
  const [me, them] = [nameOf(mine), nameOf(there)];
  const { otherHeading, otherWords, goOnAs, signInAs } = texts.signIn;
  return { heading: otherHeading(them), words: otherWords(me, them), goOn: goOnAs(them), signIn: signInAs(me) };
}
