package dev.wisent.testkit.runner;

import dev.wisent.engine.EngineSettings;

class StreamRunnerContractTest extends RunnerContract {
    @Override
    protected EngineSettings.Runner runner() {
        return EngineSettings.Runner.STREAM;
    }
}
