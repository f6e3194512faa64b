// Participants by LiveKit's Go SDK for the tests and benches, all in one process. Each line of the input is a command
// {id, who, act, args}, answered by a line {id, value} or {id, error}; what happens to a participant is a line {who, event, at, ...}.
// All times are milliseconds of the machine's monotonic clock, which other processes read as well.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"sync"

	"github.com/go-logr/stdr"
	"github.com/livekit/protocol/logger"
	lksdk "github.com/livekit/server-sdk-go/v2"
	"golang.org/x/sys/unix"
)

type command struct {
	ID   int             `json:"id"`
	Who  string          `json:"who"`
	Act  string          `json:"act"`
	Args json.RawMessage `json:"args"`
}

type object = map[string]any

var output struct {
	sync.Mutex
	*json.Encoder
}

func say(line object) {
	output.Lock()
	defer output.Unlock()
	if err := output.Encode(line); err != nil {
		os.Exit(1)
	}
}

func now() float64 {
	var time unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_MONOTONIC, &time); err != nil {
		panic(err)
	}
	return float64(time.Nano()) / 1e6
}

// Of the SDK and of pion, for whoever looks for the cause of something.
func setLog() {
	if os.Getenv("COSTAGE_GO_LOG") == "" {
		lksdk.SetLogger(logger.GetDiscardLogger())
		return
	}
	stdr.SetVerbosity(10)
	lksdk.SetLogger(logger.LogRLogger(stdr.New(log.New(os.Stderr, "", log.Lmicroseconds))))
}

func main() {
	output.Encoder = json.NewEncoder(os.Stdout)
	setLog()
	var lock sync.Mutex
	people := map[string]*participant{}
	person := func(name string) *participant {
		lock.Lock()
		defer lock.Unlock()
		if people[name] == nil {
			people[name] = newParticipant(name)
		}
		return people[name]
	}
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<22)
	for lines.Scan() {
		var c command
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			say(object{"error": fmt.Sprintf("not a command: %v", err)})
			continue
		}
		who := person(c.Who)
		go func() {
			value, err := who.act(c.Act, c.Args)
			if err != nil {
				say(object{"id": c.ID, "error": err.Error()})
			} else {
				say(object{"id": c.ID, "value": value})
			}
		}()
	}
}
