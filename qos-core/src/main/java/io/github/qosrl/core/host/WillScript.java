package io.github.qosrl.core.host;

/** What the shell of a {@link LastWill} runs, in POSIX's language of the shell. */
final class WillScript {
  /**
   * Signals that end a whole service reach the shell too, and must not end it before its time. The
   * processes are leaders of their sessions, so that the negative id reaches their children as
   * well. They must be dead before the commands run: one of them may be about to change the very
   * thing that a command undoes. (Two seconds are plenty for what SIGKILL was sent to, unless the
   * kernel itself hangs. What is dead, and only waits for its parent to hear of it, may do so for
   * ever where process 1 does not listen.) An answer may find nobody who listens any more, hence
   * PIPE.
   */
  private static final String FUNCTIONS =
      """
      trap '' HUP INT QUIT TERM PIPE
      n='
      '
      send() { s=$1; shift; for p; do kill -s "$s" -- "-$p" || kill -s "$s" "$p"; done; }
      living() { for p; do kill -s 0 -- "-$p" && return 0; done; return 1; }
      lives() {
        kill -s 0 "$1" 2>/dev/null && IFS= read -r s 2>/dev/null <"/proc/$1/stat" || return 1
        case ${s##*) } in Z*) return 1 ;; esac
      }
      end() {
        send TERM "$@"
        i=0
        while [ $i -lt 8 ] && living "$@"; do sleep 0.025; i=$((i + 1)); done
        if living "$@"; then send KILL "$@"; fi
        for p; do
          while [ $i -lt 80 ] && lives "$p"; do sleep 0.025; i=$((i + 1)); done
        done
      }
      keep() {
        will=
        while IFS= read -r line; do will=$line; $1; done
        exec </dev/null >/dev/null 2>&1
        eval "$will"
      }
      """;

  /** Acts at the end of its input. */
  static final String PLAIN =
      FUNCTIONS
          + """
          echo
          keep :
          """;

  /**
   * The same for a shell at the far end of a connection, which may die without a word. The lines
   * pass through another shell, whose timer kills it when none has come for so many seconds; that
   * ends the input of the first. (In plain POSIX: many routers' {@code read} has no timeout.) The
   * shell of the connection before, if it waits for its own timer yet, is waited for: what it
   * undoes must not be what this one guards.
   *
   * <p>An empty line answers each line that came through. Once the input has ended no more answers
   * are given, so that whatever was promised to be ended, or undone, will be.
   */
  static final String WATCHED =
      FUNCTIONS
          + """
          watch='
            trap "" USR1
            (
              trap "i=0" USR1
              i=0
              while [ $i -lt $1 ]; do i=$((i + 1)); sleep 1; done
              kill -s KILL $$
            ) </dev/null >/dev/null 2>&1 &
            while IFS= read -r line; do
              kill -s USR1 $!
              [ "$line" = . ] || printf "%s\\n" "$line"
            done
            kill -s KILL $!
          '
          i=0
          while [ -n "$2" ] && lives "$2" && [ $i -lt $(($1 + 15)) ]; do
            sleep 1
            i=$((i + 1))
          done
          echo
          sh -c "$watch" watch "$1" 2>/dev/null | keep echo
          """;

  private WillScript() {}
}
