package main

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/livekit/protocol/auth"
	"github.com/livekit/protocol/livekit"
	"github.com/livekit/protocol/rpc"
	"github.com/livekit/psrpc"
	lksdk "github.com/livekit/server-sdk-go/v2"
	"github.com/pion/webrtc/v4"
	"github.com/pion/webrtc/v4/pkg/media/oggwriter"
	"google.golang.org/protobuf/proto"
)

type egresses struct {
	*world
	lock sync.Mutex
	all  map[string]*egress
}

// One that goes on.
type egress struct {
	*world
	lock    sync.Mutex
	info    *livekit.EgressInfo
	room    *lksdk.Room
	server  rpc.EgressHandlerServer
	packets int
	layouts []string
	over    func()
}

func newEgresses(w *world) *egresses { return &egresses{world: w, all: map[string]*egress{}} }

func (s *egresses) state() map[string]any {
	s.lock.Lock()
	defer s.lock.Unlock()
	out := map[string]any{}
	for id, one := range s.all {
		one.lock.Lock()
		out[id] = map[string]any{"status": one.info.Status.String(), "packets": one.packets, "layouts": one.layouts}
		one.lock.Unlock()
	}
	return out
}

func (s *egresses) StartEgressAffinity(context.Context, *rpc.StartEgressRequest) float32 { return 1 }

func (s *egresses) ListActiveEgress(context.Context, *rpc.ListActiveEgressRequest) (*rpc.ListActiveEgressResponse, error) {
	return &rpc.ListActiveEgressResponse{}, nil
}

func (s *egresses) StartEgress(_ context.Context, request *rpc.StartEgressRequest) (*livekit.EgressInfo, error) {
	composite := request.GetRoomComposite()
	if composite == nil {
		return nil, psrpc.NewErrorf(psrpc.InvalidArgument, "only whole rooms")
	}
	now := time.Now().UnixNano()
	info := &livekit.EgressInfo{
		EgressId: request.EgressId, RoomId: request.RoomId, RoomName: composite.RoomName, Status: livekit.EgressStatus_EGRESS_STARTING, UpdatedAt: now,
		Request: &livekit.EgressInfo_RoomComposite{RoomComposite: redacted(composite)},
	}
	for _, output := range composite.StreamOutputs {
		for _, one := range output.Urls {
			info.StreamResults = append(info.StreamResults, &livekit.StreamInfo{Url: redactedURL(one)})
		}
	}
	one := &egress{world: s.world, info: info, layouts: []string{composite.Layout}}
	one.server = must(rpc.NewEgressHandlerServer(one, s.bus))
	if err := one.server.RegisterStopEgressTopic(info.EgressId); err != nil {
		return nil, err
	}
	s.lock.Lock()
	s.all[info.EgressId] = one
	s.lock.Unlock()
	go one.run(composite)
	return proto.Clone(info).(*livekit.EgressInfo), nil
}

// As the real service does: "{abc...xyz}".
var lastPart = regexp.MustCompile(`([^/]{1,3})[^/]*?([^/]{1,3})$`)

func redactedURL(text string) string { return lastPart.ReplaceAllString(text, "{$1...$2}") }

func redacted(request *livekit.RoomCompositeEgressRequest) *livekit.RoomCompositeEgressRequest {
	out := proto.Clone(request).(*livekit.RoomCompositeEgressRequest)
	for _, output := range out.StreamOutputs {
		for i, one := range output.Urls {
			output.Urls[i] = redactedURL(one)
		}
	}
	return out
}

func (e *egress) change(change func(info *livekit.EgressInfo)) *livekit.EgressInfo {
	e.lock.Lock()
	change(e.info)
	e.info.UpdatedAt = time.Now().UnixNano()
	info := proto.Clone(e.info).(*livekit.EgressInfo)
	e.lock.Unlock()
	if _, err := e.io.UpdateEgress(context.Background(), info); err != nil {
		fmt.Fprintln(os.Stderr, "UpdateEgress:", err)
	}
	return info
}

func (e *egress) run(request *livekit.RoomCompositeEgressRequest) {
	ended := make(chan struct{})
	e.lock.Lock()
	e.over = sync.OnceFunc(func() { close(ended) })
	e.lock.Unlock()
	file := ""
	if len(request.FileOutputs) > 0 {
		file = filepath.Join(e.folder, e.info.EgressId+".ogg")
	}
	if err := e.join(file); err != nil {
		e.finish(file, livekit.EgressStatus_EGRESS_FAILED, err.Error())
		return
	}
	streams := e.open(request)
	if len(request.StreamOutputs) > 0 && streams == 0 {
		e.finish(file, livekit.EgressStatus_EGRESS_FAILED, "Could not connect to any destination")
		return
	}
	e.change(func(info *livekit.EgressInfo) {
		info.Status = livekit.EgressStatus_EGRESS_ACTIVE
		info.StartedAt = time.Now().UnixNano()
	})
	<-ended
	e.finish(file, livekit.EgressStatus_EGRESS_COMPLETE, "")
}

// How many destinations somebody listens at.
func (e *egress) open(request *livekit.RoomCompositeEgressRequest) (open int) {
	at := 0
	for _, output := range request.StreamOutputs {
		for _, one := range output.Urls {
			where, _ := url.Parse(one)
			connection, err := net.DialTimeout("tcp", where.Host, time.Second)
			e.lock.Lock()
			if err != nil {
				e.info.StreamResults[at].Status = livekit.StreamInfo_FAILED
				e.info.StreamResults[at].Error = "connection refused"
			} else {
				e.info.StreamResults[at].StartedAt = time.Now().UnixNano()
				_ = connection.Close()
				open++
			}
			e.lock.Unlock()
			at++
		}
	}
	return open
}

// Hidden, and known by the id of the egress, as recorders are.
func (e *egress) join(file string) error {
	token := auth.NewAccessToken(e.key, e.secret).SetIdentity(e.info.EgressId).SetKind(livekit.ParticipantInfo_EGRESS).
		SetVideoGrant(&auth.VideoGrant{RoomJoin: true, Room: e.info.RoomName, Hidden: true, Recorder: true, CanSubscribe: proto.Bool(true), CanPublish: proto.Bool(false)})
	jwt, err := token.ToJWT()
	if err != nil {
		return err
	}
	callback := lksdk.NewRoomCallback()
	callback.OnTrackSubscribed = func(track *webrtc.TrackRemote, _ *lksdk.RemoteTrackPublication, _ *lksdk.RemoteParticipant) {
		if track.Kind() == webrtc.RTPCodecTypeAudio && file != "" {
			go e.record(track, file)
		}
	}
	callback.OnDisconnected = func() { e.over() }
	callback.OnMetadataChanged = func(_ string, p lksdk.Participant) {
		if p.Identity() == e.info.EgressId {
			e.lock.Lock()
			e.layouts = append(e.layouts, strings.NewReplacer(`{"layout":"`, "", `"}`, "").Replace(p.Metadata()))
			e.lock.Unlock()
		}
	}
	e.room, err = lksdk.ConnectToRoomWithToken(e.url, jwt, callback)
	return err
}

func (e *egress) record(track *webrtc.TrackRemote, file string) {
	writer, err := oggwriter.New(file, 48000, 2)
	if err != nil {
		return
	}
	defer writer.Close()
	for {
		packet, _, err := track.ReadRTP()
		if err != nil || writer.WriteRTP(packet) != nil {
			return
		}
		e.lock.Lock()
		e.packets++
		e.lock.Unlock()
	}
}

func (e *egress) finish(file string, status livekit.EgressStatus, why string) {
	if e.room != nil {
		e.room.Disconnect()
	}
	e.change(func(info *livekit.EgressInfo) {
		info.Status, info.Error, info.EndedAt = status, why, time.Now().UnixNano()
		for _, stream := range info.StreamResults {
			if stream.Status == livekit.StreamInfo_ACTIVE {
				stream.Status = livekit.StreamInfo_FINISHED
			}
		}
		if found, err := os.Stat(file); err == nil {
			info.FileResults = []*livekit.FileInfo{{Filename: file, Location: file, Size: found.Size(), Duration: info.EndedAt - info.StartedAt}}
		}
	})
	e.server.Shutdown()
}

func (e *egress) StopEgress(context.Context, *livekit.StopEgressRequest) (*livekit.EgressInfo, error) {
	info := e.change(func(info *livekit.EgressInfo) { info.Status = livekit.EgressStatus_EGRESS_ENDING })
	time.AfterFunc(200*time.Millisecond, e.over)
	return info, nil
}

func (e *egress) UpdateStream(context.Context, *livekit.UpdateStreamRequest) (*livekit.EgressInfo, error) {
	return nil, psrpc.NewErrorf(psrpc.Unimplemented, "not here")
}
