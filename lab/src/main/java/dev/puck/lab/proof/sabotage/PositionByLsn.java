package dev.puck.lab.proof.sabotage;

import dev.puck.bridge.source.wal.PlaceRules;
import dev.puck.bridge.source.wal.WalPlace;

/** The position is an LSN alone: who dies within a transaction repeats what was published of it. */
final class PositionByLsn extends PlaceRules {
  @Override
  public WalPlace kept(WalPlace reached) {
    return WalPlace.at(reached.lsn());
  }
}
