package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/livekit/protocol/livekit"
	lksdk "github.com/livekit/server-sdk-go/v2"
	"github.com/pion/rtp"
	"github.com/pion/rtp/codecs"
	"github.com/pion/webrtc/v4"
)

// What arrived of a track of somebody else.
type received struct {
	From    string  `json:"from"`
	Sid     string  `json:"sid"`
	Kind    string  `json:"kind"`
	Packets int     `json:"packets"`
	Frames  int     `json:"frames"`
	Width   int     `json:"width"` // of the newest key frame of VP8
	FirstAt float64 `json:"firstAt"`
	LastAt  float64 `json:"lastAt"`
}

type participant struct {
	name   string
	room   *lksdk.Room
	lock   sync.Mutex
	tracks []*received
}

func newParticipant(name string) *participant { return &participant{name: name} }

func (p *participant) tell(event string, about object) {
	line := object{"who": p.name, "event": event, "at": now()}
	for key, value := range about {
		line[key] = value
	}
	say(line)
}

func (p *participant) tellAsked() { p.tell("keyFrameAsked", nil) }

func parse[T any](raw json.RawMessage) (T, error) {
	var out T
	if len(raw) == 0 {
		return out, nil
	}
	return out, json.Unmarshal(raw, &out)
}

// An act with arguments of its own type.
func with[T any](raw json.RawMessage, f func(T) (any, error)) (any, error) {
	args, err := parse[T](raw)
	if err != nil {
		return nil, err
	}
	return f(args)
}

func (p *participant) act(act string, raw json.RawMessage) (any, error) {
	if act == "join" {
		return with(raw, p.join)
	}
	if p.room == nil {
		return nil, errors.New("has not joined")
	}
	local := p.room.LocalParticipant
	switch act {
	case "publish":
		return with(raw, p.publish)
	case "unpublish":
		return with(raw, func(sid string) (any, error) { return nil, local.UnpublishTrack(sid) })
	case "mute":
		return with(raw, p.mute)
	case "send":
		return with(raw, p.send)
	case "call":
		return with(raw, p.call)
	case "setName":
		return with(raw, func(name string) (any, error) { local.SetName(name); return nil, nil })
	case "setMetadata":
		return with(raw, func(metadata string) (any, error) { local.SetMetadata(metadata); return nil, nil })
	case "setAttributes":
		return with(raw, func(attributes map[string]string) (any, error) { local.SetAttributes(attributes); return nil, nil })
	case "setQuality":
		return with(raw, p.setQuality)
	case "simulate":
		return with(raw, p.simulate)
	case "state":
		return p.state(), nil
	case "received":
		return p.received(), nil
	case "leave":
		p.room.Disconnect()
		return nil, nil
	}
	return nil, fmt.Errorf("there is no act %q", act)
}

type joinArgs struct {
	URL        string            `json:"url"`
	Token      string            `json:"token"`
	Single     bool              `json:"single"`
	Publish    []string          `json:"publish"` // with the join request; needs `single`
	Metadata   string            `json:"metadata"`
	Attributes map[string]string `json:"attributes"`
}

func (p *participant) join(args joinArgs) (any, error) {
	room := lksdk.NewRoom(p.callbacks())
	p.room = room
	if err := room.RegisterRpcMethod("echo", func(call lksdk.RpcInvocationData) (string, error) {
		return call.CallerIdentity + ":" + call.Payload, nil
	}); err != nil {
		return nil, err
	}
	options := []lksdk.ConnectOption{lksdk.WithExtraAttributes(args.Attributes)}
	if args.Metadata != "" {
		options = append(options, lksdk.WithMetadata(args.Metadata))
	}
	if args.Single {
		options = append(options, lksdk.WithSinglePeerConnection())
	}
	for _, kind := range args.Publish {
		track, err := p.open(kind)
		if err != nil {
			return nil, err
		}
		options = append(options, lksdk.WithTrack(track, &lksdk.TrackPublicationOptions{Name: kind}))
	}
	began := now()
	err := room.JoinWithToken(args.URL, args.Token, options...)
	return object{"began": began, "joined": now(), "sid": room.LocalParticipant.SID()}, err
}

func (p *participant) open(kind string) (*lksdk.LocalTrack, error) {
	switch kind {
	case "audio":
		return openTone()
	case "video":
		return openPicture(p.tellAsked)
	}
	return nil, fmt.Errorf("there is no media %q", kind)
}

type publishArgs struct {
	Kinds       []string `json:"kinds"`       // audio, video, simulcast
	WhenAllowed bool     `json:"whenAllowed"` // as soon as the server gives the right; the SDK has no event for it
}

func (p *participant) publish(args publishArgs) (any, error) {
	local := p.room.LocalParticipant
	for args.WhenAllowed && !local.Permissions().GetCanPublish() {
		time.Sleep(500 * time.Microsecond)
	}
	began := now()
	sids := []string{}
	for _, kind := range args.Kinds {
		publication, err := p.publishOne(kind)
		if err != nil {
			return nil, err
		}
		sids = append(sids, publication.SID())
	}
	return object{"began": began, "published": now(), "sids": sids}, nil
}

func (p *participant) publishOne(kind string) (*lksdk.LocalTrackPublication, error) {
	options := &lksdk.TrackPublicationOptions{Name: kind}
	if kind == "simulcast" {
		layers, err := openLayers(fmt.Sprintf("layers_%s_%d", p.name, int(now())), p.tellAsked)
		if err != nil {
			return nil, err
		}
		return p.room.LocalParticipant.PublishSimulcastTrack(layers, options)
	}
	track, err := p.open(kind)
	if err != nil {
		return nil, err
	}
	return p.room.LocalParticipant.PublishTrack(track, options)
}

func (p *participant) mute(args struct {
	Sid   string `json:"sid"`
	Muted bool   `json:"muted"`
}) (any, error) {
	for _, publication := range p.room.LocalParticipant.TrackPublications() {
		if local, ok := publication.(*lksdk.LocalTrackPublication); ok && local.SID() == args.Sid {
			local.SetMuted(args.Muted)
			return nil, nil
		}
	}
	return nil, fmt.Errorf("there is no track %q", args.Sid)
}

func (p *participant) send(args struct {
	Text     string   `json:"text"`
	Reliable bool     `json:"reliable"`
	Topic    string   `json:"topic"`
	To       []string `json:"to"`
}) (any, error) {
	return nil, p.room.LocalParticipant.PublishDataPacket(lksdk.UserData([]byte(args.Text)),
		lksdk.WithDataPublishReliable(args.Reliable), lksdk.WithDataPublishTopic(args.Topic), lksdk.WithDataPublishDestination(args.To))
}

func (p *participant) call(args struct {
	To      string `json:"to"`
	Payload string `json:"payload"`
}) (any, error) {
	return p.room.LocalParticipant.PerformRpc(
		lksdk.PerformRpcParams{DestinationIdentity: args.To, Method: "echo", Payload: args.Payload})
}

func (p *participant) setQuality(args struct {
	Sid     string `json:"sid"`
	Quality string `json:"quality"`
}) (any, error) {
	for _, remote := range p.room.GetRemoteParticipants() {
		for _, publication := range remote.TrackPublications() {
			if one, ok := publication.(*lksdk.RemoteTrackPublication); ok && one.SID() == args.Sid {
				return nil, one.SetVideoQuality(livekit.VideoQuality(livekit.VideoQuality_value[args.Quality]))
			}
		}
	}
	return nil, fmt.Errorf("there is no track %q", args.Sid)
}

func (p *participant) simulate(name string) (any, error) {
	scenarios := map[string]lksdk.SimulateScenario{
		"signalReconnect": lksdk.SimulateSignalReconnect,
		"nodeFailure":     lksdk.SimulateNodeFailure,
	}
	scenario, ok := scenarios[name]
	if !ok {
		return nil, fmt.Errorf("there is no scenario %q", name)
	}
	p.room.Simulate(scenario)
	return nil, nil
}

func describe(who lksdk.Participant) object {
	tracks := []object{}
	for _, one := range who.TrackPublications() {
		tracks = append(tracks, object{"sid": one.SID(), "name": one.Name(), "kind": string(one.Kind()), "muted": one.IsMuted(),
			"subscribed": one.IsSubscribed(), "source": one.Source().String()})
	}
	return object{"sid": who.SID(), "identity": who.Identity(), "name": who.Name(), "metadata": who.Metadata(),
		"attributes": who.Attributes(), "canPublish": who.Permissions().GetCanPublish(), "speaking": who.IsSpeaking(), "tracks": tracks}
}

func (p *participant) state() any {
	out := describe(p.room.LocalParticipant)
	out["connection"] = p.room.ConnectionState()
	out["room"] = object{"name": p.room.Name(), "metadata": p.room.Metadata()}
	others := object{}
	for _, remote := range p.room.GetRemoteParticipants() {
		others[remote.Identity()] = describe(remote)
	}
	out["others"] = others
	return out
}

func (p *participant) received() []received {
	p.lock.Lock()
	defer p.lock.Unlock()
	out := []received{}
	for _, track := range p.tracks {
		out = append(out, *track)
	}
	return out
}

// Counts until the track ends.
func (p *participant) read(track *webrtc.TrackRemote, from, sid string) {
	entry := &received{From: from, Sid: sid, Kind: track.Kind().String()}
	p.lock.Lock()
	p.tracks = append(p.tracks, entry)
	p.lock.Unlock()
	for {
		packet, _, err := track.ReadRTP()
		if err != nil {
			return
		}
		if len(packet.Payload) == 0 {
			continue // padding, to feel for room on the link
		}
		at := now()
		p.lock.Lock()
		first := entry.Packets == 0
		entry.count(packet, at)
		p.lock.Unlock()
		if first {
			say(object{"who": p.name, "event": "firstPacket", "at": at, "from": from, "sid": sid, "kind": entry.Kind})
		}
	}
}

func (r *received) count(packet *rtp.Packet, at float64) {
	if r.Packets == 0 {
		r.FirstAt = at
	}
	r.Packets++
	r.LastAt = at
	if packet.Marker {
		r.Frames++
	}
	var header codecs.VP8Packet
	if r.Kind != "video" {
		return
	}
	if payload, err := header.Unmarshal(packet.Payload); err == nil && header.S == 1 && header.PID == 0 && len(payload) > 9 && payload[0]&1 == 0 {
		r.Width = (int(payload[7])<<8 | int(payload[6])) & 0x3fff
	}
}

func (p *participant) callbacks() *lksdk.RoomCallback {
	aboutTrack := func(event string) func(lksdk.TrackPublication, lksdk.Participant) {
		return func(publication lksdk.TrackPublication, who lksdk.Participant) {
			p.tell(event, object{"identity": who.Identity(), "sid": publication.SID(), "kind": string(publication.Kind())})
		}
	}
	published, unpublished := aboutTrack("trackPublished"), aboutTrack("trackUnpublished")
	subscribed, unsubscribed := aboutTrack("trackSubscribed"), aboutTrack("trackUnsubscribed")
	localUnpublished, heard := aboutTrack("localTrackUnpublished"), aboutTrack("localTrackSubscribed")
	return &lksdk.RoomCallback{
		OnDisconnected: func() {
			p.tell("disconnected", object{"reason": p.room.DisconnectReason().String()})
		},
		OnReconnecting:         func() { p.tell("reconnecting", nil) },
		OnReconnected:          func() { p.tell("reconnected", nil) },
		OnParticipantConnected: func(who *lksdk.RemoteParticipant) { p.tell("participantConnected", object{"identity": who.Identity()}) },
		OnParticipantDisconnected: func(who *lksdk.RemoteParticipant) {
			p.tell("participantDisconnected", object{"identity": who.Identity()})
		},
		OnRoomMetadataChanged: func(metadata string) { p.tell("roomMetadataChanged", object{"metadata": metadata}) },
		OnActiveSpeakersChanged: func(speakers []lksdk.Participant) {
			names := []string{}
			for _, who := range speakers {
				names = append(names, who.Identity())
			}
			slices.Sort(names)
			p.tell("activeSpeakersChanged", object{"speakers": names})
		},
		OnLocalTrackSubscribed: func(publication *lksdk.LocalTrackPublication, who *lksdk.LocalParticipant) { heard(publication, who) },
		ParticipantCallback: lksdk.ParticipantCallback{
			OnLocalTrackUnpublished: func(publication *lksdk.LocalTrackPublication, who *lksdk.LocalParticipant) {
				localUnpublished(publication, who)
			},
			OnTrackPublished: func(publication *lksdk.RemoteTrackPublication, who *lksdk.RemoteParticipant) {
				published(publication, who)
			},
			OnTrackUnpublished: func(publication *lksdk.RemoteTrackPublication, who *lksdk.RemoteParticipant) {
				unpublished(publication, who)
			},
			OnTrackMuted:   aboutTrack("trackMuted"),
			OnTrackUnmuted: aboutTrack("trackUnmuted"),
			OnTrackSubscribed: func(track *webrtc.TrackRemote, publication *lksdk.RemoteTrackPublication, who *lksdk.RemoteParticipant) {
				subscribed(publication, who)
				go p.read(track, who.Identity(), publication.SID())
			},
			OnTrackUnsubscribed: func(_ *webrtc.TrackRemote, publication *lksdk.RemoteTrackPublication, who *lksdk.RemoteParticipant) {
				unsubscribed(publication, who)
			},
			OnDataPacket: func(data lksdk.DataPacket, from lksdk.DataReceiveParams) {
				if packet, ok := data.(*lksdk.UserDataPacket); ok {
					p.tell("data", object{"identity": from.SenderIdentity, "text": string(packet.Payload), "topic": packet.Topic})
				}
			},
		},
	}
}
