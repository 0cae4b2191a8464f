import {
  Server,
  ServerCredentials,
  status,
  type sendUnaryData,
  type ServerDuplexStream,
  type ServerUnaryCall,
} from '@grpc/grpc-js';
import gossipGrpc from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import featuresGrpc from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import streamsGrpc from '@eventstore/db-client/generated/streams_grpc_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { failure, member, notLeader } from './eventstoredb-answers.js';
import { MemoryLog } from './eventstoredb-log.js';
import { EventStoreDbNode, type AppendCall, type ReadCall } from './eventstoredb-node.js';

interface Member {
  readonly port: number;
  readonly server: Server;
  /** How many of the log's entries have come here, while it lags. */
  lagsAt: number | null;
}

/**
 * Speaks enough of EventStoreDB's gRPC for the real client, as one node or as a cluster of several around one log in
 * memory. Where it matters it answers as a real 23.10 did: positions are offsets and only those that were handed out may
 * be asked for, reads by stream have none, followers lag, whoever wants the leader is told where it is.
 */
export class EventStoreDbCluster {
  readonly log = new MemoryLog();
  private readonly members: Member[] = [];
  private leader: number | null = 0;

  static async start(size = 1): Promise<EventStoreDbCluster> {
    const cluster = new EventStoreDbCluster();
    for (let n = 0; n < size; n++) cluster.members.push(await cluster.startNode(n));
    return cluster;
  }

  get ports(): number[] {
    return this.members.map(({ port }) => port);
  }

  /** From now on a follower gets nothing new, until it catches up. */
  lag(node: number): void {
    this.members[node]!.lagsAt = this.log.entries.length;
  }

  catchUp(node: number): void {
    this.members[node]!.lagsAt = null;
    this.log.raise();
  }

  /** Ends a node in the middle of whatever it does. Without a leader nobody leads until one is elected. */
  kill(node: number): void {
    this.members[node]!.server.forceShutdown();
    if (this.leader === node) this.leader = null;
  }

  /** Only a node that has everything may lead. */
  elect(node: number): void {
    this.catchUp(node);
    this.leader = node;
  }

  stop(): void {
    for (const { server } of this.members) server.forceShutdown();
  }

  private async startNode(n: number): Promise<Member> {
    const server = new Server();
    const node = new EventStoreDbNode({
      log: this.log,
      seen: () => this.members[n]!.lagsAt ?? this.log.entries.length,
      refusal: () => this.refusalBy(n),
    });
    const read = { ...streamsGrpc.StreamsService.read, responseSerialize: Buffer.from };
    server.addService({ ...streamsGrpc.StreamsService, read } as typeof streamsGrpc.StreamsService, {
      read: (call: ReadCall) => void node.read(call),
      append: (call: AppendCall, answer: sendUnaryData<streams.AppendResp>) => node.append(call, answer),
      batchAppend: (call: ServerDuplexStream<unknown, unknown>) => void call.destroy(new Error('Not spoken here')),
      delete: notSpoken,
      tombstone: notSpoken,
    });
    server.addService(featuresGrpc.ServerFeaturesService, { getSupportedMethods });
    server.addService(gossipGrpc.GossipService, {
      read: (_: unknown, answer: sendUnaryData<gossip.ClusterInfo>) =>
        answer(
          null,
          new gossip.ClusterInfo().setMembersList(this.ports.map((port, m) => member(port, m === this.leader))),
        ),
    });
    const port = await new Promise<number>((resolve, reject) =>
      server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
        error ? reject(error) : resolve(bound),
      ),
    );
    return { port, server, lagsAt: null };
  }

  private refusalBy(node: number): Error | null {
    if (this.leader === null) return failure(status.UNAVAILABLE, 'Server Is Not Ready');
    return this.leader === node ? null : notLeader(this.members[this.leader]!.port);
  }
}

const notSpoken = (_: unknown, answer: sendUnaryData<never>) => answer(new Error('Not spoken here'));

function getSupportedMethods(
  _: ServerUnaryCall<unknown, unknown>,
  answer: sendUnaryData<features.SupportedMethods>,
): void {
  const method = new features.SupportedMethod();
  method.setServiceName('event_store.client.streams.Streams').setMethodName('BatchAppend');
  answer(null, new features.SupportedMethods().setEventStoreServerVersion('23.10.8').setMethodsList([method]));
}
