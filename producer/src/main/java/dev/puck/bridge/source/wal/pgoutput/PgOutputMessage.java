package dev.puck.bridge.source.wal.pgoutput;

/**
 * One message of the stream. Immutable, unless somebody changes the bytes that it was read from.
 */
public sealed interface PgOutputMessage
    permits Begin,
        Commit,
        Delete,
        Insert,
        LogicalMessage,
        OriginName,
        RelationDefinition,
        StreamAbort,
        Truncate,
        TypeDefinition,
        Update {}
