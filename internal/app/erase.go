package app

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"muster/internal/config"
	"muster/internal/identity"
)

func userErase(ctx context.Context, c config.Config, args []string, t console) error {
	var username string
	var yes bool
	_, err := parse(&c, "user erase", args, t, func(set *flag.FlagSet) {
		set.StringVar(&username, "username", "", "whom to erase")
		set.BoolVar(&yes, "yes", false, "do not ask")
	})
	if err != nil {
		return err
	}
	return withPeople(ctx, c, t, func(s *services) error {
		user, err := account(ctx, s, username)
		if err != nil {
			return err
		}
		typed := user.Username
		if !yes {
			if typed, err = typedAgain(os.Stdin, t, user); err != nil {
				return err
			}
		}
		if err := s.identity.Erase(ctx, operator(), user.ID, typed); err != nil {
			return err
		}
		fmt.Fprintf(t.out, "erased %s; what they did is kept under this id. Copies of the database that were made before still name them\n", user.ID)
		return nil
	})
}

// typedAgain asks for a username once more; nothing is nobody's.
func typedAgain(in io.Reader, t console, user identity.User) (string, error) {
	fmt.Fprintf(t.err, "This removes for ever who %s (%s) was. Type the username again: ", user.Username, user.Name)
	line, err := bufio.NewReader(in).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", fmt.Errorf("read the username: %w", err)
	}
	return strings.TrimSpace(line), nil
}
