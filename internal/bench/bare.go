package bench

import (
	"database/sql"
	"errors"
	"net"
	"path/filepath"
	"strings"

	"github.com/gofiber/fiber/v2"
	_ "github.com/mattn/go-sqlite3" // the driver of the bare endpoint's database
)

// Server is a bare server that is running.
type Server struct {
	Address string
	stop    func() error
}

// Stop ends it.
func (s *Server) Stop() error { return s.stop() }

// BareHandler serves fixed bytes at every address: the limit for reads.
func BareHandler(body []byte) (*Server, error) {
	app := fiber.New(fiber.Config{DisableStartupMessage: true})
	app.Get("/*", func(c *fiber.Ctx) error {
		c.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSON)
		return c.Send(body)
	})
	return listen(app, func() error { return nil })
}

// BareGroup acknowledges each body once it is durable in SQLite at synchronous
// FULL, many bodies to a commit, and does nothing else: the limit for answers.
func BareGroup(folder string) (*Server, error) {
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(folder, "bare.db")+"?_journal_mode=WAL&_synchronous=FULL&_txlock=immediate")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	if _, err := db.Exec("CREATE TABLE bodies (id INTEGER PRIMARY KEY, body BLOB NOT NULL)"); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	queue := make(chan bareWrite, 4096)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for first := range queue {
			commitBare(db, append([]bareWrite{first}, waiting(queue)...))
		}
	}()
	app := fiber.New(fiber.Config{DisableStartupMessage: true})
	app.Post("/*", func(c *fiber.Ctx) error {
		write := bareWrite{body: append([]byte(nil), c.Body()...), acknowledged: make(chan error, 1)}
		queue <- write
		if err := <-write.acknowledged; err != nil {
			return err
		}
		return c.SendString("{}")
	})
	return listen(app, func() error {
		close(queue)
		<-done
		return db.Close()
	})
}

type bareWrite struct {
	body         []byte
	acknowledged chan error
}

// waiting takes what has queued already.
func waiting(queue chan bareWrite) []bareWrite {
	var batch []bareWrite
	for len(batch) < 255 {
		select {
		case write, ok := <-queue:
			if !ok {
				return batch
			}
			batch = append(batch, write)
		default:
			return batch
		}
	}
	return batch
}

func commitBare(db *sql.DB, batch []bareWrite) {
	args := make([]any, len(batch))
	for i, write := range batch {
		args[i] = write.body
	}
	_, err := db.Exec("INSERT INTO bodies (body) VALUES "+strings.TrimSuffix(strings.Repeat("(?),", len(batch)), ","), args...)
	for _, write := range batch {
		write.acknowledged <- err
	}
}

func listen(app *fiber.App, after func() error) (*Server, error) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, errors.Join(err, after())
	}
	failed := make(chan error, 1)
	go func() { failed <- app.Listener(ln) }()
	return &Server{Address: ln.Addr().String(), stop: func() error {
		return errors.Join(app.Shutdown(), <-failed, after())
	}}, nil
}
