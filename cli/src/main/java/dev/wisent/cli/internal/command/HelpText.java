package dev.wisent.cli.internal.command;

/// What `wisent --help` and `wisent --version` say. Fixed text: it is there before any library is loaded.
final class HelpText {
    static final String ROOT = """
            Wisent moves data: it reads streams from a source and writes them to a destination, exactly once where the destination can.

            Examples
              wisent run examples/quickstart.yml            run a pipeline
              wisent check examples/quickstart.yml          prove that it can run: configuration, source, destination
              wisent run pipeline.yml --json | jq .status   one object on stdout, for programs
              wisent rejects list pipeline.yml --last       what the last run could not process, and why

            Commands
              init                  write a pipeline file to begin with: asks, or --from SOURCE --to DESTINATION
              run FILE              run a pipeline
              check FILE            check a pipeline without running it
              discover [FILE]       the streams of a source: columns, keys, sync modes
              preview FILE          the first rows as they would be written
              plan FILE             what a run would do: splits, schema changes, what is resumed
              validate FILE         whether a target holds what its source has, column by column
              copy SRC DST          copy tables from one address to another
              doctor [FILE]         what Wisent stands on: Java, memory, disks, clock, state store
              import blizzard FILE  a configuration of Blizzard as a pipeline file
              schema                the JSON Schema of pipeline files, for editors
              secrets check FILE    whether each ${NAME} and env://NAME of a pipeline resolves
              source list           what records can come from
              destination list      where records can go
              stream list SOURCE    the streams of a source, and how each can be read
              stream reset FILE     let the next run read everything again and replace what is there
              runs [FILE]           the last runs, of one pipeline or of all
              runs show RUN         everything about one run: counts, times, its error
              logs [PIPELINE]       what a run said, of the last one or of any; --follow while it goes on
              state [FILE]          how far a pipeline is: lanes, generations, splits; without FILE the streams a state store knows
              state show FILE       the same as state FILE
              state accept FILE     goes on from a destination that was put back from a backup
              state export [FILE]   what the state store holds, as JSON
              rejects list FILE     the records that could not be processed
              rejects show FILE ID  one of them, with its bytes
              rejects replay FILE   run them again, through the pipeline as it is now
              lake history FILE     the versions of the table a pipeline writes
              lake optimize FILE    put its small files together
              lake vacuum FILE      remove files no version needs any more
              completion SHELL      a script that completes commands in bash, zsh or fish
              COMMAND --help        more about a command, with examples
              --version             which version this is

            Later versions bring
              project server, import bizon, import airbyte, flink submit

            Results go to stdout, everything else to stderr. Every command but --help and --version takes --json.
            Exit codes: 0 done, 1 the run failed, 2 usage or configuration, 3 no connection, 4 too many rejects, 5 refused, 130 interrupted (the next run resumes).""";

    private HelpText() {}

    static String version() {
        String version = HelpText.class.getPackage().getImplementationVersion();
        return "wisent " + (version == null ? "0.1.0-SNAPSHOT" : version) + " (Java "
                + Runtime.version().feature() + ")";
    }
}
