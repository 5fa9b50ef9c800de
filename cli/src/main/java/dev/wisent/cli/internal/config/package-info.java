/// From a file to a [dev.wisent.cli.internal.config.PipelineSpec]. [YamlTree] or [JsonTree] parse text into nodes with
/// places, [References] replaces
/// references inside scalars, and [PipelineReader] reads the sections; all problems are told at once. Start reading at
/// [PipelineLoader].
package dev.wisent.cli.internal.config;
