import { describe, expect, it } from 'vitest';
import { ended, kFailed, kNoMedia, kOnStage, kWatching, Script } from '../testing/journey_script.js';

const kStartOfShow = { room: 'idle', media: kNoMedia } as const;

describe('what the connection has to do', () => {
  it('nothing before the show; then it watches, once', () => {
    const script = new Script(kStartOfShow);
    expect(script.did()).toEqual([]);
    expect(script.room('live').did()).toEqual(['watch']);
    expect(script.media({ ...kWatching, phase: 'connecting' }).media(kWatching).did()).toEqual([]);
  });

  it('watches again when the media were closed while the show goes on, after a while', () => {
    const script = new Script();
    expect(script.media(ended('closed')).did()).toEqual(['watch in 2000 ms']);
    expect(script.room('ended').did()).toEqual([]);
  });

  it('watches again when it was put out as a viewer', () => {
    expect(new Script().media(ended('removed')).did()).toEqual(['watch']);
  });

  it('does not fight with another connection of the same person', () => {
    const script = new Script();
    expect(script.media(ended('duplicate')).now.name).toBe('elsewhere');
    expect(script.toInvited().now.name).toBe('invited');
    expect(script.did()).toEqual([]);
    expect(script.act('takeHere').did()).toEqual(['watch']);
  });

  it('falls silent while the person is on stage in another window, and watches again after that', () => {
    const script = new Script();
    expect(script.seat('lease_1').did()).toEqual(['leaveMedia']);
    expect(script.media(kNoMedia).did()).toEqual([]);
    expect(script.seat(undefined).did()).toEqual(['watch']);
  });

  it('says whether the place elsewhere is on air or kept', () => {
    const script = new Script().seat('lease_1', 'reconnecting');
    expect(script.now).toEqual({ name: 'elsewhere', isKept: true });
    expect(script.seat('lease_1').now).toEqual({ name: 'elsewhere', isKept: false });
  });

  it('resumes only the seat that this tab had, and only after a reload, when nothing is connected', () => {
    const held = { seat: { leaseId: 'lease_1', state: 'onAir' }, holdsSeat: true } as const;
    expect(new Script(kStartOfShow).know({ room: 'live', ...held }).did()).toEqual(['resume lease_1']);
    expect(new Script().know(held).did()).toEqual([]);
    expect(new Script().know(held).media(kNoMedia).did()).toEqual(['watch']);
  });

  it('goes on watching when going on stage has failed and left nothing to see', () => {
    const script = new Script().toJoining();
    script.did();
    expect(script.media(kFailed).did()).toEqual([]);
    expect(script.hear({ type: 'joinFailed', attempt: 1 }).did()).toEqual(['watch']);
    expect(script.media(kWatching).did()).toEqual([]);
  });

  it('is left alone while joining and leaving', () => {
    const joining = new Script().toReady().act('join');
    joining.did();
    expect(joining.media(kNoMedia).did()).toEqual([]);
    const leaving = new Script().toStage().act('leave');
    leaving.did();
    expect(leaving.media(kNoMedia).did()).toEqual([]);
    expect(leaving.act('leave', 'takeHere').did()).toEqual([]);
  });

  it('is on stage when the media are, whoever has brought them there', () => {
    expect(new Script().media(kOnStage).seat('lease_1').now).toEqual({ name: 'onStage', leaseId: 'lease_1', leaving: false });
  });
});
