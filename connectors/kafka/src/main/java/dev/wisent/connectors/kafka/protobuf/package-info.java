/// Messages in Protobuf: [dev.wisent.connectors.kafka.protobuf.ProtoText] reads `.proto` files,
/// [dev.wisent.connectors.kafka.protobuf.ProtoFiles] links them, [dev.wisent.connectors.kafka.protobuf.ProtoRecord] makes
/// columns of the fields of a message.
package dev.wisent.connectors.kafka.protobuf;
