package dev.wisent.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// `bench/run [all | databases | engine-cost | generator | lake | lake-stages | stages-jmh | start-up | transforms]`: runs the
/// measurements and prints one table each. Work files go below the folder given by the system property `bench.work`.
public final class Bench {
    private Bench() {}

    public static void main(String[] args) throws Exception {
        Path work = work();
        System.out.println("# " + Machine.describe());
        for (String what : args.length == 0 ? List.of("all") : List.of(args)) {
            switch (what) {
                case "all" -> {
                    new StartUp(work).run();
                    new GeneratorToFile(work).run();
                    new EngineCost(work).run();
                    new TransformCost(work).run();
                    new LakeLoad(work).run();
                    new LakeStages(work).run();
                    new DatabaseLoad(work).run();
                }
                case "databases" -> new DatabaseLoad(work).run();
                case "engine-cost" -> new EngineCost(work).run();
                case "cost-side-engine", "cost-side-loop" ->
                    new CostSide(work, work.resolve("cost-input")).run(what.substring("cost-side-".length()));
                case "generator" -> new GeneratorToFile(work).run();
                case "lake-stages" -> new LakeStages(work).run();
                case "lake" -> new LakeLoad(work).run();
                case String side
                when side.startsWith("lake-side-") ->
                    LakeSide.of(work, side.substring("lake-side-".length())).run();
                case "stages-jmh" -> new StagesByJmh(work).run();
                case "start-up" -> new StartUp(work).run();
                case "transforms" -> new TransformCost(work).run();
                default ->
                    throw new IllegalArgumentException(
                            "all, databases, engine-cost, generator, lake, lake-stages, stages-jmh, start-up or transforms, not "
                                    + what);
            }
        }
    }

    private static Path work() throws IOException {
        return Files.createDirectories(
                Path.of(System.getProperty("bench.work", "bench/target/work")).toAbsolutePath());
    }
}
