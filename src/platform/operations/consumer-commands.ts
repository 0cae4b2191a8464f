import { setTimeout as wait } from 'node:timers/promises';
import type { ConsumerTables } from '#platform/consumers/consumer.js';
import type { Database } from '#platform/database/database.js';
import { consumerLags } from '#platform/consumers/lags.js';
import { rebuild } from '#platform/projections/generations.js';
import { Misuse, OperatorMistake, type Operated, type OperatorCommand } from './operator-commands.js';

const LOOK_EVERY_MS = 500;
const TELL_EVERY_MS = 5000;
const NOBODY_COMES_AFTER_MS = 20_000;

export const resume: OperatorCommand = {
  takes: 'NAME',
  does: 'lets a parked list or processor go on; a worker takes it up within seconds',
  async run({ database, say }, [name]) {
    if (!name) throw new Misuse(`Which one? ${await parkedNames(database)}`);
    const rows = await database
      .of<ConsumerTables>()
      .updateTable('platform.consumer')
      .set({ parked_at: null, parked_why: null })
      .where('name', '=', name)
      .where('parked_at', 'is not', null)
      .returning('name')
      .execute();
    if (!rows.length) throw new OperatorMistake(`Nothing called "${name}" is parked. ${await parkedNames(database)}`);
    say(`${name} goes on.`);
  },
};

export const rebuildList: OperatorCommand = {
  takes: 'LIST',
  does: 'builds a list anew from the event log, while the present one goes on serving',
  async run(on, [asked]) {
    const { database, projections, say } = on;
    const projection = projections.find(({ name }) => name === asked || name.split('@')[0] === asked);
    if (!projection) {
      const names = projections.map(({ name }) => name.split('@')[0]).join(', ');
      if (!asked) throw new Misuse(`Which one? There are: ${names}.`);
      throw new OperatorMistake(`There is no list "${asked}". There are: ${names}.`);
    }
    await rebuild(database, projection);
    say(`${projection.name} is being rebuilt. This may be left; it goes on.`);
    await follow(on, projection.name);
  },
};

async function parkedNames(database: Database): Promise<string> {
  const parked = await database
    .of<ConsumerTables>()
    .selectFrom('platform.consumer')
    .select('name')
    .where('parked_at', 'is not', null)
    .orderBy('name')
    .execute();
  return parked.length ? `Parked are: ${parked.map(({ name }) => name).join(', ')}.` : 'Nothing is parked.';
}

/** Until it is done, or it seems that nobody does it. */
async function follow({ database, store, say }: Operated, name: string): Promise<void> {
  const begun = Date.now();
  for (let told = begun; ; await wait(LOOK_EVERY_MS)) {
    const row = await database
      .of<ConsumerTables>()
      .selectFrom('platform.consumer')
      .select(['owner', 'position', 'parked_why'])
      .where('name', '=', name)
      .where('generation', '>', 1)
      .executeTakeFirst();
    if (!row) return say(`${name} is rebuilt.`);
    if (row.parked_why) throw new OperatorMistake(`It cannot go on (${row.parked_why}). The log says why.`);
    if (!row.owner && Date.now() - begun > NOBODY_COMES_AFTER_MS)
      return say('No worker is running, or none of this version. One begins with it when it starts.');
    if (Date.now() - told < TELL_EVERY_MS) continue;
    told = Date.now();
    const { behind } =
      (await consumerLags(store, database)).find((lag) => lag.name === name && lag.status === 'building') ?? {};
    say(`… ${behind ?? 0} events to go`);
  }
}
