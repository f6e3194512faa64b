// LiveKit's egress and ingress services as a LiveKit server sees them: its internal protocol over Redis, by its own library. The real ones
// need GStreamer and a browser. This one records the sound of a room (Ogg), sees whether somebody listens where a restream goes, and takes
// "streaming software" by HTTP: POST /send?key=.. begins to send a tone in the name of the person the key was made for, POST /stop?key=..
// ends it. GET /state tells what goes on.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"os"
	"os/signal"
	"syscall"

	"github.com/livekit/protocol/livekit"
	"github.com/livekit/protocol/rpc"
	"github.com/livekit/psrpc"
	"github.com/redis/go-redis/v9"
)

// Where and who everything is.
type world struct {
	bus              psrpc.MessageBus
	io               rpc.IOInfoClient
	url, key, secret string
	folder           string
}

func must[T any](value T, err error) T {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	return value
}

func answer(response http.ResponseWriter, value any, err error) {
	if err != nil {
		http.Error(response, err.Error(), http.StatusBadRequest)
		return
	}
	_ = json.NewEncoder(response).Encode(value)
}

func main() {
	redisAddress := flag.String("redis", "127.0.0.1:6379", "")
	listen := flag.String("listen", "127.0.0.1:0", "")
	url := flag.String("url", "ws://127.0.0.1:7880", "of the LiveKit server")
	key := flag.String("key", "devkey", "")
	secret := flag.String("secret", "secret", "")
	folder := flag.String("folder", ".", "of recordings")
	flag.Parse()

	bus := psrpc.NewRedisMessageBus(redis.NewClient(&redis.Options{Addr: *redisAddress}))
	w := &world{bus: bus, io: must(rpc.NewIOInfoClient(bus)), url: *url, key: *key, secret: *secret, folder: *folder}
	egresses := newEgresses(w)
	server := must(rpc.NewEgressInternalServer(egresses, bus))
	if err := server.RegisterStartEgressTopic(""); err != nil {
		must(0, err)
	}
	ingresses := newIngresses(w)

	http.HandleFunc("GET /state", func(response http.ResponseWriter, _ *http.Request) {
		answer(response, map[string]any{"egresses": egresses.state(), "ingresses": ingresses.state()}, nil)
	})
	http.HandleFunc("POST /send", func(response http.ResponseWriter, request *http.Request) {
		answer(response, true, ingresses.send(request.FormValue("key")))
	})
	http.HandleFunc("POST /stop", func(response http.ResponseWriter, request *http.Request) {
		answer(response, true, ingresses.stop(request.FormValue("key"), livekit.IngressState_ENDPOINT_INACTIVE, ""))
	})
	http.HandleFunc("POST /fail", func(response http.ResponseWriter, request *http.Request) {
		answer(response, true, ingresses.fail(request.FormValue("key"), request.FormValue("error")))
	})
	go func() { must(0, http.ListenAndServe(*listen, nil)) }()

	ended := make(chan os.Signal, 1)
	signal.Notify(ended, syscall.SIGINT, syscall.SIGTERM)
	<-ended
	server.Kill()
}
