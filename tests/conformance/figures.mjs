// node conformance/figures.mjs [ROUNDS]: what people wait for on each engine, p50 / p95 in ms: from accepting to the co-host's first sound
// at a viewer, from joining to the first sound and picture, from the host's removal to the last sound. By LiveKit's Node SDK.
process.env.COSTAGE_RTC_NODE ??= 'rtc-node-v1';
process.env.NODE_ENV ??= 'production';  // keeps its log quiet
const { livekitOrWhyNot } = await import('../support/go.mjs');
const { startServer } = await import('../support/server.mjs');
const { until } = await import('../support/wait.mjs');
const { dispose, TrackKind, VideoStream } = await import('../interop/rtc_node.mjs');
const { median, percentile95, Person, Show } = await import('./show.mjs');

const rounds = Number(process.argv[2] ?? 10);
const soon = (condition, what) => until(condition, what, 20_000, 2);

async function firstPicture(person, of) {
  const [publication] = await soon(() => { const all = person.publications(of, TrackKind.KIND_VIDEO).filter((one) => one.track); return all.length > 0 && all; }, 'a picture');
  const reader = new VideoStream(publication.track).getReader();
  await reader.read();
  await reader.cancel();
}
async function since(begun, done) { await done; return performance.now() - begun; }

async function measure(engine) {
  const server = await startServer('costage', { engine });
  const it = await Show.start(server);
  await it.goLive();
  await it.host.film();
  const vera = await it.join('Vera');
  await vera.watch(it.roomId);
  const figures = { 'accept to first sound': [], 'join to first sound': [], 'join to first picture': [], 'removal to last sound': [] };
  for (let round = 0; round < rounds; round++) {
    const late = new Person((await it.join(`Late ${round}`)).user);
    const joining = performance.now();
    await late.watch(it.roomId);
    const sound = async () => { const heard = await late.listen(it.host); await soon(() => heard.frames > 0, 'sound'); };
    const [heardAfter, seenAfter] = await Promise.all([since(joining, sound()), since(joining, firstPicture(late, it.host))]);
    figures['join to first sound'].push(heardAfter);
    figures['join to first picture'].push(seenAfter);
    await late.hangUp();

    const guest = await it.join(`Guest ${round}`);
    const { invitationId } = await it.host.user.invite(it.roomId, guest.id);
    const accepting = performance.now();
    await guest.user.answer(invitationId, 'accept');
    await guest.goOnAir(it.roomId);
    const heard = await vera.listen(guest);
    await soon(() => heard.frames > 0, 'the co-host to be heard');
    figures['accept to first sound'].push(performance.now() - accepting);
    await it.seatIs(guest, { state: 'onAir' });
    const removing = performance.now();
    await it.remove(guest);
    await soon(() => !guest.isConnected, 'the co-host to be out');
    figures['removal to last sound'].push(Math.max(0, heard.lastAt - removing));
    await guest.hangUp();
  }
  await it.end();
  await server.stop();
  return figures;
}

const engines = ['embedded'];
const whyNot = await livekitOrWhyNot();
if (whyNot) console.log(`skipped aloud: ${whyNot}`);
else engines.push('livekit');
for (const engine of engines)
  for (const [name, values] of Object.entries(await measure(engine)))
    console.log(`${engine.padEnd(9)} ${name.padEnd(22)} ${Math.round(median(values))} / ${Math.round(percentile95(values))} ms`);
await dispose();
