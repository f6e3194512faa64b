package main

import (
	"bytes"
	"context"
	"embed"
	"sync/atomic"
	"time"

	"github.com/livekit/protocol/livekit"
	lksdk "github.com/livekit/server-sdk-go/v2"
	"github.com/pion/rtcp"
	"github.com/pion/webrtc/v4"
	"github.com/pion/webrtc/v4/pkg/media"
	"github.com/pion/webrtc/v4/pkg/media/ivfreader"
)

//go:embed media
var files embed.FS

// A file again and again in real time; from its start, a key frame, when it is asked for one.
type loop struct {
	lksdk.BaseSampleProvider
	frames   [][]byte
	duration time.Duration
	next     int
	restart  atomic.Bool
	onAsked  func() // for a key frame
}

func openLoop(name string) (*loop, error) {
	file, err := files.ReadFile("media/" + name + ".ivf")
	if err != nil {
		return nil, err
	}
	reader, header, err := ivfreader.NewWith(bytes.NewReader(file))
	if err != nil {
		return nil, err
	}
	l := &loop{duration: time.Second / time.Duration(header.TimebaseDenominator)}
	for range header.NumFrames {
		frame, _, err := reader.ParseNextFrame()
		if err != nil {
			return nil, err
		}
		l.frames = append(l.frames, frame)
	}
	return l, nil
}

func (l *loop) NextSample(context.Context) (media.Sample, error) {
	if l.restart.CompareAndSwap(true, false) {
		l.next = 0
	}
	frame := l.frames[l.next]
	l.next = (l.next + 1) % len(l.frames)
	return media.Sample{Data: frame, Duration: l.duration}, nil
}

func (l *loop) OnBind() error {
	l.restart.Store(true)
	return nil
}

func (l *loop) onRTCP(packet rtcp.Packet) {
	switch packet.(type) {
	case *rtcp.PictureLossIndication, *rtcp.FullIntraRequest:
		l.restart.Store(true)
		l.onAsked()
	}
}

func openTrack(file string, codec webrtc.RTPCodecCapability, onAsked func(), options ...lksdk.LocalTrackOptions) (*lksdk.LocalTrack, error) {
	source, err := openLoop(file)
	if err != nil {
		return nil, err
	}
	source.onAsked = onAsked
	track, err := lksdk.NewLocalTrack(codec, append(options, lksdk.WithRTCPHandler(source.onRTCP))...)
	if err != nil {
		return nil, err
	}
	return track, track.StartWrite(source, nil)
}

func openTone() (*lksdk.LocalTrack, error) {
	opus := webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypeOpus, ClockRate: 48000, Channels: 2}
	return openTrack("tone", opus, func() {})
}

var vp8 = webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypeVP8, ClockRate: 90000}

func openPicture(onAsked func()) (*lksdk.LocalTrack, error) { return openTrack("h", vp8, onAsked) }

func openLayers(id string, onAsked func()) ([]*lksdk.LocalTrack, error) {
	layers := []struct {
		file    string
		quality livekit.VideoQuality
		width   uint32
	}{{"q", livekit.VideoQuality_LOW, 320}, {"h", livekit.VideoQuality_MEDIUM, 640}, {"f", livekit.VideoQuality_HIGH, 1280}}
	var tracks []*lksdk.LocalTrack
	for _, one := range layers {
		layer := &livekit.VideoLayer{Quality: one.quality, Width: one.width, Height: one.width * 9 / 16}
		track, err := openTrack(one.file, vp8, onAsked, lksdk.WithSimulcast(id, layer))
		if err != nil {
			return nil, err
		}
		tracks = append(tracks, track)
	}
	return tracks, nil
}
