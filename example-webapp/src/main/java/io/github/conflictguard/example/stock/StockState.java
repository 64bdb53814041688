package io.github.conflictguard.example.stock;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.precondition.StateResolver;
import java.util.Map;

/** A resolver that provides the current revision of an item to the filter. */
public final class StockState implements StateResolver {

  @Override
  public SelectedRepresentation resolve(Map<String, String> variables) {
    Stock.Item item = Stock.room().find(variables.get("item"));
    if (item == null) {
      return SelectedRepresentation.absent();
    }
    // The time distinguishes an item that was removed and stored again from the first one.
    EntityTag tag = EntityTag.strong(item.stored().toEpochMilli() + "-" + item.revision());
    return SelectedRepresentation.present(tag, null);
  }
}
