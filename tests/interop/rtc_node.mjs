// LiveKit's Node SDK in the version under test: 0.13.24 speaks signalling v0 with two connections, 1.1.0 v1 with one.
export const versions = ['@livekit/rtc-node', 'rtc-node-v1'];

export const {
  AudioFrame, AudioSource, AudioStream, ConnectionState, DataPacketKind, DisconnectReason, LocalAudioTrack,
  LocalVideoTrack, ParticipantKind, Room, RoomEvent, RpcError, TrackKind, TrackPublishOptions, TrackSource,
  VideoBufferType, VideoCodec, VideoFrame, VideoSource, VideoStream, dispose,
} = await import(process.env.COSTAGE_RTC_NODE ?? versions[0]);
