// Writes .proto files from the published npm package @livekit/protocol, which carries field tables (protobuf-es v1)
// instead of .proto text. Usage: node emit_proto.mjs FOLDER
//
// Each file below is the closure of its roots, less what an earlier file has already; so later files import earlier
// ones and never the other way round, and no C++ unit has to include everything.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ScalarType, proto3 } from '@bufbuild/protobuf';
import * as livekit from '@livekit/protocol';

const FILES = [
  ['models', ['ParticipantInfo', 'Room', 'TrackInfo', 'DisconnectReason', 'ClientInfo', 'ServerInfo', 'ClientConfiguration']],
  ['data', ['DataPacket']],
  ['signal', ['SignalRequest', 'SignalResponse', 'WrappedJoinRequest', 'JoinRequest']],
  ['room', [
    'CreateRoomRequest', 'ListRoomsRequest', 'ListRoomsResponse', 'DeleteRoomRequest', 'DeleteRoomResponse',
    'ListParticipantsRequest', 'ListParticipantsResponse', 'RoomParticipantIdentity', 'RemoveParticipantResponse',
    'MuteRoomTrackRequest', 'MuteRoomTrackResponse', 'UpdateParticipantRequest', 'UpdateSubscriptionsRequest',
    'UpdateSubscriptionsResponse', 'SendDataRequest', 'SendDataResponse', 'UpdateRoomMetadataRequest', 'MoveParticipantRequest',
    'MoveParticipantResponse', 'ForwardParticipantRequest', 'ForwardParticipantResponse', 'PerformRpcRequest', 'PerformRpcResponse',
  ]],
  ['egress', [
    'EgressInfo', 'RoomCompositeEgressRequest', 'ListEgressRequest', 'ListEgressResponse', 'StopEgressRequest', 'UpdateLayoutRequest',
  ]],
  ['ingress', [
    'IngressInfo', 'CreateIngressRequest', 'ListIngressRequest', 'ListIngressResponse', 'DeleteIngressRequest',
  ]],
  ['webhook', ['WebhookEvent']],
];
// Fields of these types are left out, with all that hangs on them: nobody here reads or writes them, and they would double
// the generated code. On the wire and in JSON they are unknown fields.
const LEFT_OUT = new Set([
  'RoomEgress', 'ExportReplayRequest', 'WebEgressRequest', 'ParticipantEgressRequest', 'TrackCompositeEgressRequest', 'TrackEgressRequest',
  'MediaSource', 'WebSource', 'EncodingOptions', 'StorageConfig', 'S3Upload', 'GCPUpload', 'AzureBlobUpload', 'AliOSSUpload', 'ImageOutput',
  'ImagesInfo', 'WebhookConfig', 'IngressAudioOptions', 'IngressVideoOptions',
].map((name) => `livekit.${name}`));

const isEnum = (type) => type.values !== undefined;
const fieldsOf = (message) => message.fields.list().filter((field) => !LEFT_OUT.has(field.T?.typeName));
const typesIn = (field) => {
  const type = field.kind === 'map' ? field.V.T : field.T;
  return typeof type === 'object' || typeof type === 'function' ? [type] : [];
};

// Every message and enum the package knows, by full name.
const known = new Map();
for (const exported of Object.values(livekit)) {
  const type = exported?.fields ? exported : typeof exported === 'object' ? enumOf(exported) : undefined;
  if (type?.typeName) known.set(type.typeName, type);
}
function enumOf(candidate) {
  try {
    return proto3.getEnumType(candidate);
  } catch {
    return undefined;
  }
}
const parentOf = (name) => name.slice(0, name.lastIndexOf('.'));
const topLevel = (name) => (known.has(parentOf(name)) ? topLevel(parentOf(name)) : name);
const nestedIn = (name) => [...known.values()].filter((type) => parentOf(type.typeName) === name);

// Adds the top-level type that holds `name`, and everything it refers to, to `chosen`.
function addClosure(name, chosen, taken) {
  const top = topLevel(name);
  if (chosen.has(top) || taken.has(top) || top.startsWith('google.protobuf.')) return;
  chosen.add(top);
  const visit = (type) => {
    for (const nested of nestedIn(type.typeName)) visit(nested);
    if (isEnum(type)) return;
    for (const field of fieldsOf(type)) for (const used of typesIn(field)) addClosure(used.typeName, chosen, taken);
  };
  visit(known.get(top));
}

const typeText = (kind, type) => (kind === 'scalar' ? ScalarType[type].toLowerCase() : `.${type.typeName}`);

function fieldText(field) {
  if (field.kind === 'map') {
    return `map<${ScalarType[field.K].toLowerCase()}, ${typeText(field.V.kind, field.V.T)}> ${field.name} = ${field.no};`;
  }
  const label = field.repeated ? 'repeated ' : field.opt ? 'optional ' : '';
  const packed = field.repeated && !field.packed && packable(field) ? ' [packed = false]' : '';
  return `${label}${typeText(field.kind, field.T)} ${field.name} = ${field.no}${packed};`;
}
const packable = (field) =>
  field.kind === 'enum' || (field.kind === 'scalar' && ![ScalarType.STRING, ScalarType.BYTES].includes(field.T));

function enumText(type, indent) {
  const alias = new Set(type.values.map((v) => v.no)).size < type.values.length ? [`${indent}  option allow_alias = true;`] : [];
  const values = type.values.map((v) => `${indent}  ${v.name} = ${v.no};`);
  return [`${indent}enum ${type.typeName.split('.').pop()} {`, ...alias, ...values, `${indent}}`];
}

function messageText(type, indent = '') {
  const lines = [`${indent}message ${type.typeName.split('.').pop()} {`];
  const oneofs = new Map();
  for (const nested of nestedIn(type.typeName)) lines.push(...typeLines(nested, `${indent}  `));
  for (const field of fieldsOf(type)) {
    if (!field.oneof) lines.push(`${indent}  ${fieldText(field)}`);
    else oneofs.set(field.oneof.name, [...(oneofs.get(field.oneof.name) ?? []), field]);
  }
  for (const [name, fields] of oneofs) {
    lines.push(`${indent}  oneof ${name} {`, ...fields.map((f) => `${indent}    ${fieldText(f)}`), `${indent}  }`);
  }
  return [...lines, `${indent}}`];
}
const typeLines = (type, indent) => (isEnum(type) ? enumText(type, indent) : messageText(type, indent));

function importLines(body) {
  const files = [...body.matchAll(/ \.([\w.]+) \w+ = /g)].flatMap(([, name]) => {
    if (name.startsWith('google.protobuf.')) return [`google/protobuf/${parentOf(`${name}.`).split('.').pop().toLowerCase()}`];
    return taken.has(topLevel(name)) ? [`livekit/${taken.get(topLevel(name))}`] : [];
  });
  return [...new Set(files)].sort().map((file) => `import "${file}.proto";`);
}

const folder = process.argv[2];
mkdirSync(join(folder, 'livekit'), { recursive: true });
const taken = new Map();  // full name of a top-level type -> the file that has it
for (const [file, roots] of FILES) {
  const chosen = new Set();
  for (const root of roots) {
    if (!known.has(`livekit.${root}`)) throw new Error(`@livekit/protocol has no type ${root}`);
    addClosure(`livekit.${root}`, chosen, taken);
  }
  const outside = [...chosen].filter((name) => parentOf(name) !== 'livekit');
  if (outside.length > 0) throw new Error(`types outside package livekit: ${outside.join(', ')}`);
  const body = [...chosen].flatMap((name) => ['', ...typeLines(known.get(name), '')]);
  const lines = ['syntax = "proto3";', 'package livekit;', ...importLines(body.join('\n')), ...body];
  writeFileSync(join(folder, 'livekit', `${file}.proto`), `${lines.join('\n')}\n`);
  for (const name of chosen) taken.set(name, file);
}
