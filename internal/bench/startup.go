package bench

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Started is how a program starts.
type Started struct {
	Ready    time.Duration // from exec to the first ready reply, median; the database is there already
	Resident int64         // bytes of memory, a second later, median
}

// StartUp starts a program that serves, several times, with its data in a folder
// and its curriculum in another, "" for the one it carries.
func StartUp(ctx context.Context, program, data, content string, times int) (Started, error) {
	var ready []time.Duration
	var resident []int64
	for i := range times + 1 {
		one, err := startOnce(ctx, program, data, content)
		if err != nil {
			return Started{}, err
		}
		if i > 0 { // the first makes the database
			ready, resident = append(ready, one.Ready), append(resident, one.Resident)
		}
	}
	slices.Sort(ready)
	slices.Sort(resident)
	return Started{Ready: ready[len(ready)/2], Resident: resident[len(resident)/2]}, nil
}

func startOnce(ctx context.Context, program, data, content string) (s Started, err error) {
	address, err := freeAddress()
	if err != nil {
		return s, err
	}
	command := exec.CommandContext(ctx, program, "serve", "--addr", address, "--data", data, "--content", content, "--log-level", "error")
	begin := time.Now()
	if err := command.Start(); err != nil {
		return s, err
	}
	defer func() {
		err = errors.Join(err, command.Process.Signal(os.Interrupt), command.Wait())
	}()
	if err := waitReady(ctx, "http://"+address+"/readyz"); err != nil {
		return s, err
	}
	s.Ready = time.Since(begin)
	time.Sleep(time.Second) // memory at rest is what is left after starting
	s.Resident, err = residentBytes(command.Process.Pid)
	return s, err
}

func freeAddress() (string, error) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return ln.Addr().String(), ln.Close()
}

func waitReady(ctx context.Context, url string) error {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	for ctx.Err() == nil {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
		if err != nil {
			return err
		}
		reply, err := http.DefaultClient.Do(request)
		if err == nil {
			if err := reply.Body.Close(); err != nil {
				return err
			}
			if reply.StatusCode == http.StatusOK {
				return nil
			}
		}
		time.Sleep(time.Millisecond)
	}
	return fmt.Errorf("%s is not ready after 20 s", url)
}

func residentBytes(pid int) (int64, error) {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	for _, line := range strings.Split(string(raw), "\n") {
		if fields := strings.Fields(line); len(fields) >= 2 && fields[0] == "VmRSS:" {
			kib, err := strconv.ParseInt(fields[1], 10, 64)
			return kib << 10, err
		}
	}
	return 0, errors.New("the system does not say how much memory is resident")
}
