package main

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/livekit/protocol/auth"
	"github.com/livekit/protocol/livekit"
	"github.com/livekit/protocol/rpc"
	"github.com/livekit/psrpc"
	lksdk "github.com/livekit/server-sdk-go/v2"
	"github.com/pion/webrtc/v4"
	"github.com/pion/webrtc/v4/pkg/media"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/emptypb"
)

type ingresses struct {
	*world
	lock sync.Mutex
	all  map[string]*ingress // by stream key
}

// Somebody who sends.
type ingress struct {
	owner  *ingresses
	key    string
	info   *livekit.IngressInfo
	room   *lksdk.Room
	server rpc.IngressHandlerServer
}

func newIngresses(w *world) *ingresses { return &ingresses{world: w, all: map[string]*ingress{}} }

func (s *ingresses) state() []string {
	s.lock.Lock()
	defer s.lock.Unlock()
	out := []string{}
	for key := range s.all {
		out = append(out, key)
	}
	return out
}

func (s *ingresses) tell(info *livekit.IngressInfo, status livekit.IngressState_Status, why string) error {
	_, err := s.io.UpdateIngressState(context.Background(), &rpc.UpdateIngressStateRequest{
		IngressId: info.IngressId,
		State:     &livekit.IngressState{Status: status, Error: why, UpdatedAt: time.Now().UnixNano()},
	})
	return err
}

func (s *ingresses) find(key string) (*livekit.IngressInfo, error) {
	found, err := s.io.GetIngressInfo(context.Background(), &rpc.GetIngressInfoRequest{StreamKey: key})
	if err != nil {
		return nil, err
	}
	return found.Info, nil
}

func (s *ingresses) send(key string) error {
	info, err := s.find(key)
	if err != nil {
		return fmt.Errorf("no such stream key: %w", err)
	}
	if err := s.tell(info, livekit.IngressState_ENDPOINT_BUFFERING, ""); err != nil {
		return err
	}
	one := &ingress{owner: s, key: key, info: info}
	if err := one.join(); err != nil {
		return err
	}
	one.server = must(rpc.NewIngressHandlerServer(one, s.bus))
	if err := one.server.RegisterDeleteIngressTopic(info.IngressId); err != nil {
		return err
	}
	s.lock.Lock()
	s.all[key] = one
	s.lock.Unlock()
	return s.tell(info, livekit.IngressState_ENDPOINT_PUBLISHING, "")
}

func (s *ingresses) fail(key, why string) error {
	info, err := s.find(key)
	if err != nil {
		return err
	}
	return s.tell(info, livekit.IngressState_ENDPOINT_ERROR, why)
}

func (s *ingresses) stop(key string, status livekit.IngressState_Status, why string) error {
	s.lock.Lock()
	one := s.all[key]
	delete(s.all, key)
	s.lock.Unlock()
	if one == nil {
		return nil
	}
	one.room.Disconnect()
	go one.server.Shutdown()
	return s.tell(one.info, status, why)
}

func (i *ingress) join() error {
	info := i.info
	token := auth.NewAccessToken(i.owner.key, i.owner.secret).SetIdentity(info.ParticipantIdentity).SetName(info.ParticipantName).
		SetMetadata(info.ParticipantMetadata).SetKind(livekit.ParticipantInfo_INGRESS).
		SetVideoGrant(&auth.VideoGrant{RoomJoin: true, Room: info.RoomName, CanPublish: proto.Bool(true), CanSubscribe: proto.Bool(false)})
	jwt, err := token.ToJWT()
	if err != nil {
		return err
	}
	callback := lksdk.NewRoomCallback()
	callback.OnDisconnected = func() { _ = i.owner.stop(i.key, livekit.IngressState_ENDPOINT_INACTIVE, "") }
	if i.room, err = lksdk.ConnectToRoomWithToken(i.owner.url, jwt, callback, lksdk.WithAutoSubscribe(false)); err != nil {
		return err
	}
	track, err := lksdk.NewLocalTrack(webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypeOpus})
	if err != nil {
		return err
	}
	if err := track.StartWrite(&silence{}, nil); err != nil {
		return err
	}
	_, err = i.room.LocalParticipant.PublishTrack(track, &lksdk.TrackPublicationOptions{Name: "sound", Source: livekit.TrackSource_MICROPHONE})
	return err
}

// Opus frames of 20 ms in which nothing is heard (RFC 6716 section 3.1: SILK is empty, CELT fullband).
type silence struct{ lksdk.BaseSampleProvider }

func (*silence) NextSample(context.Context) (media.Sample, error) {
	return media.Sample{Data: []byte{0xF8, 0xFF, 0xFE}, Duration: 20 * time.Millisecond}, nil
}
func (*silence) OnBind() error   { return nil }
func (*silence) OnUnbind() error { return nil }

func (i *ingress) DeleteIngress(context.Context, *livekit.DeleteIngressRequest) (*livekit.IngressState, error) {
	go i.owner.stop(i.key, livekit.IngressState_ENDPOINT_INACTIVE, "")
	return &livekit.IngressState{Status: livekit.IngressState_ENDPOINT_INACTIVE}, nil
}

func (i *ingress) UpdateIngress(context.Context, *livekit.UpdateIngressRequest) (*livekit.IngressState, error) {
	return nil, notHere()
}
func (i *ingress) DeleteWHIPResource(context.Context, *rpc.DeleteWHIPResourceRequest) (*emptypb.Empty, error) {
	return nil, notHere()
}
func (i *ingress) ICERestartWHIPResource(context.Context, *rpc.ICERestartWHIPResourceRequest) (*rpc.ICERestartWHIPResourceResponse, error) {
	return nil, notHere()
}
func (i *ingress) WHIPRTCConnectionNotify(context.Context, *rpc.WHIPRTCConnectionNotifyRequest) (*emptypb.Empty, error) {
	return nil, notHere()
}

func notHere() error { return psrpc.NewErrorf(psrpc.Unimplemented, "not here") }
