// Two things at once: whatever comes first, there is one outcome, and a sentence or a screen that says so.
import { describe, expect, it } from 'vitest';
import { ended, kFailed, kLost, kNoMedia, kOnStage, kWatching, Script } from '../testing/journey_script.js';

/** The same things in each order. */
function eachOrder<T>(things: readonly T[]): T[][] {
  if (things.length < 2) return [[...things]];
  return things.flatMap((one, at) => eachOrder(things.filter((_, other) => other !== at)).map((rest) => [one, ...rest]));
}

describe('two windows accept', () => {
  it('both get ready, for the person has said yes in both, also where the answer came too late', () => {
    for (const told of [{ type: 'accepted', invitationId: 'inv_1' } as const, undefined]) {
      const script = new Script().toInvited().act('accept');
      if (told) script.hear(told);
      expect(script.invitation('accepted').now.name).toBe('gettingReady');
    }
  });

  it('the one that joins has the stage; the other says that it is in another window, and falls silent', () => {
    const first = new Script().toReady().act('join').media(kOnStage).seat('lease_1', 'preparing');
    const second = new Script().toReady().seat('lease_1', 'preparing');
    expect(first.hear({ type: 'joined', attempt: 1 }).now).toMatchObject({ name: 'onStage', leaseId: 'lease_1' });
    expect(second.now.name).toBe('elsewhere');
    expect(second.did()).toEqual(['accept inv_1', 'leaveMedia']);
  });

  it('a window where nothing was tapped is shown the way, and does not go it', () => {
    const script = new Script().toInvited();
    expect(script.invitation('accepted').now).toMatchObject({ name: 'watching', place: { invitationId: 'inv_1' } });
    expect(script.did()).toEqual([]);
  });
});

describe('the host takes the invitation back in the instant of accept', () => {
  it('taken back: it is gone, whenever the refusal of the answer comes', () => {
    const script = new Script().toInvited().act('accept').invitation('cancelled');
    expect(script.now).toMatchObject({ name: 'watching', reason: 'invitationCancelled', place: undefined });
    expect(script.did()).toEqual(['accept inv_1', 'say invitationCancelled']);
    expect(script.act('getReady', 'join').now.name).toBe('watching');
  });

  it('accepted: the person gets ready, and there is nothing to take back any more', () => {
    const script = new Script().toInvited().act('accept').invitation('accepted');
    expect(script.now.name).toBe('gettingReady');
  });

  it('taken back after all: getting ready ends, and says so', () => {
    const script = new Script().toReady();
    script.did();
    expect(script.invitation('cancelled').now).toMatchObject({ name: 'watching', reason: 'invitationCancelled' });
    expect(script.did()).toEqual(['say invitationCancelled']);
  });
});

describe('the show stops between accept and join', () => {
  it('is over, in whichever order the end, the tap and the answer come', () => {
    const things: ((script: Script) => unknown)[] = [
      (s) => s.room('ended'),
      (s) => s.act('join'),
      (s) => s.hear({ type: 'joinFailed', attempt: 1 }),
    ];
    for (const order of eachOrder(things)) {
      const script = new Script().toReady();
      for (const thing of order) thing(script);
      expect(script.now).toEqual({ name: 'left', reason: 'roomEnded' });
    }
  });

  it('devices that were just opened are closed', () => {
    const script = new Script().toJoining();
    script.did();
    script.room('ended').hear({ type: 'joined', attempt: 1 });
    expect(script.did()).toEqual(['leaveMedia']);
  });
});

describe('removed while joining', () => {
  it('is removed, says so once, and what the joining comes to changes nothing', () => {
    for (const late of ['joined', 'joinFailed'] as const) {
      const script = new Script().toJoining().seat('lease_1', 'preparing');
      script.did();
      script.seatEnds('lease_1', 'removed').hear({ type: late, attempt: 1 });
      expect(script.now.name).toBe('removed');
      expect(script.media(ended('removed')).media(kWatching).now.name).toBe('removed');
      expect(script.did()).toEqual(['say removed', 'watch']);
    }
  });

  it('watches where joining left nothing to see', () => {
    const script = new Script().toJoining().seat('lease_1').seatEnds('lease_1', 'removed');
    script.did();
    expect(script.media(kFailed).did()).toEqual(['watch']);
  });
});

describe('the host vanishes while somebody gets ready', () => {
  it('they stay ready; if the host does not come back, the show is over', () => {
    const script = new Script().toReady().room('waitingReconnect');
    expect(script.now).toMatchObject({ name: 'gettingReady', waitsForHost: false });
    expect(new Script().toReady().room('waitingReconnect').room('live').now.name).toBe('gettingReady');
    expect(script.room('ended').now).toEqual({ name: 'left', reason: 'roomEnded' });
  });
});

describe('media lost and back', () => {
  it('is the same seat, and nothing was done but wait', () => {
    const script = new Script().toStage();
    script.did();
    for (const media of [kLost, kFailed, kLost, { ...kOnStage, phase: 'connecting' as const }]) {
      expect(script.media(media).now).toMatchObject({ name: 'reconnecting', leaseId: 'lease_1' });
    }
    expect(script.media(kOnStage).now).toMatchObject({ name: 'onStage', leaseId: 'lease_1' });
    expect(script.did()).toEqual([]);
  });
});

describe('the seat is given away while reconnecting', () => {
  it('has left for being away too long, in whichever order the room and the media tell, and is not on air again unasked', () => {
    const things: ((script: Script) => unknown)[] = [
      (s) => s.seatEnds('lease_1', 'timeout'),
      (s) => s.media(ended('seatLost')).media(kWatching),
    ];
    for (const order of eachOrder(things)) {
      const script = new Script().toStage().media(kLost);
      script.did();
      for (const thing of order) thing(script);
      expect(script.now).toMatchObject({ name: 'left', reason: 'timedOut', place: { invitationId: 'inv_1' } });
      expect(script.did().sort()).toEqual(['say timedOut', 'watch']);
    }
  });

  it('a tap brings them back with a new seat', () => {
    const script = new Script().toStage().media(kLost).seatEnds('lease_1', 'timeout').act('getReady', 'join').media(kOnStage);
    expect(script.seat('lease_2').hear({ type: 'joined', attempt: 2 }).now).toMatchObject({ name: 'onStage', leaseId: 'lease_2' });
  });
});

describe('a reload on stage', () => {
  it('comes back into the seat that this tab had', () => {
    const script = new Script({ media: kNoMedia, room: 'idle' });
    script.know({ room: 'live', seat: { leaseId: 'lease_1', state: 'onAir' }, holdsSeat: true });
    expect(script.now).toMatchObject({ name: 'reconnecting', leaseId: 'lease_1' });
    expect(script.did()).toEqual(['resume lease_1']);
    expect(script.media(kOnStage).now.name).toBe('onStage');
  });

  it('does not take the seat of another window', () => {
    const script = new Script({ media: kNoMedia, room: 'idle' });
    script.know({ room: 'live', seat: { leaseId: 'lease_1', state: 'onAir' } });
    expect(script.now).toEqual({ name: 'elsewhere', isKept: false });
    expect(script.did()).toEqual([]);
  });

  it('finds the seat given back: left for being away too long, and watches', () => {
    const script = new Script({ media: kNoMedia, seat: { leaseId: 'lease_1', state: 'reconnecting' }, holdsSeat: true });
    expect(script.media(kOnStage).media(ended('seatLost')).now).toMatchObject({ name: 'left', reason: 'timedOut' });
    expect(script.did()).toEqual(['watch']);
  });
});

describe('leaving and coming back at once', () => {
  it('the seat before, which is still listed, is neither taken again nor mistaken for the new one', () => {
    const script = new Script().toStage().act('leave').media(kNoMedia).hear({ type: 'leaveDone' });
    expect(script.media(kWatching).act('getReady').now).toEqual({ name: 'left', reason: 'left' });
    script.seat(undefined).act('getReady', 'join').media(kOnStage).hear({ type: 'seatEnded', leaseId: 'lease_1', reason: 'left' });
    expect(script.now.name).toBe('joining');
    script.did();
    expect(script.hear({ type: 'joined', attempt: 2 }).seat('lease_2').now).toMatchObject({ name: 'onStage', leaseId: 'lease_2' });
    expect(script.did()).toEqual([]);
  });

  it('a failure to tell the server is no way back on air', () => {
    const script = new Script().toStage().act('leave').media(kNoMedia).hear({ type: 'leaveDone' }).know({ holdsSeat: true });
    expect(script.now).toMatchObject({ name: 'left', reason: 'left' });
    expect(script.did()).not.toContain('resume lease_1');
  });
});

describe('an invitation again after a removal', () => {
  it('leads back on stage; the used one does not', () => {
    const script = new Script().toStage().seatEnds('lease_1', 'removed').media(kWatching);
    expect(script.act('getReady', 'join').now.name).toBe('removed');
    script.invitation('pending', 'inv_2').act('accept').invitation('accepted', 'inv_2').act('join').media(kOnStage).seat('lease_2');
    expect(script.hear({ type: 'joined', attempt: 2 }).now).toMatchObject({ name: 'onStage', leaseId: 'lease_2' });
  });

  it('an old attempt that ends late does not end the new one', () => {
    const script = new Script().toJoining().seat('lease_1').seatEnds('lease_1', 'removed').media(kWatching);
    script.invitation('pending', 'inv_2').act('accept').invitation('accepted', 'inv_2').act('join').hear({ type: 'joinFailed', attempt: 1 });
    expect(script.now).toMatchObject({ name: 'joining', attempt: 2 });
  });

  it('accepted in another window, it is the way for this one too', () => {
    const script = new Script().toStage().seatEnds('lease_1', 'removed').media(kWatching).invitation('accepted', 'inv_2');
    expect(script.now).toMatchObject({ name: 'watching', place: { invitationId: 'inv_2' } });
  });
});
