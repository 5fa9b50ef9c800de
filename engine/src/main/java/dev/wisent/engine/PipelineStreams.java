package dev.wisent.engine;

import dev.wisent.api.StreamId;
import java.util.List;
import java.util.function.Function;

/// The streams of one pipeline, and how each is run. They share the run's id, its workers and its budget; each has its own
/// claims, progress, counts, target and lease, taken when its turn comes.
///
/// @param id what progress is stored under
/// @param streams in the order they begin in; at least one, none twice
/// @param atOnce so many run at the same time
/// @param each makes the pipeline of a stream when its turn comes; called by several threads. Its run closes what it holds
public record PipelineStreams(
        String id,
        String name,
        List<StreamId> streams,
        int atOnce,
        EngineSettings engine,
        Function<StreamId, Pipeline> each) {
    public PipelineStreams {
        streams = List.copyOf(streams);
        atOnce = Math.clamp(atOnce, 1, streams.size());
    }

    public static PipelineStreams one(Pipeline pipeline) {
        return new PipelineStreams(
                pipeline.id(), pipeline.name(), List.of(pipeline.stream()), 1, pipeline.engine(), stream -> pipeline);
    }

    public boolean isOne() {
        return streams.size() == 1;
    }

    StreamId first() {
        return streams.getFirst();
    }

    /// `pipeline` with its part of the workers and of the budget.
    Pipeline sharing(Pipeline pipeline) {
        return pipeline.with(
                pipeline.engine().share(Math.max(1, engine.workers() / atOnce), StreamTurn.budget(engine) / atOnce));
    }
}
