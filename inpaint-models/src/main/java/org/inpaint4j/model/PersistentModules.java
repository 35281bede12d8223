package org.inpaint4j.model;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Objects of the code that NVIDIA publishes with StyleGAN2-ADA and StyleGAN3. Their pickles hold
 * each network as the source of its class and its state, PyTorch's own dictionary of a module. The
 * source is not even looked at: only the names of parameters, buffers and parts are.
 */
final class PersistentModules {

  /** The function of theirs that makes such an object; here its name alone is used. */
  static final String MARK = "_reconstruct_persistent_obj";

  private PersistentModules() {}

  /**
   * The tensors of a module and of its parts.
   *
   * @param described {@code {state: …}}, with entries about code that are ignored. Not modified.
   * @return tensors and dictionaries of tensors by name; empty for what is no module
   */
  static Map<Object, Object> weights(Map<Object, Object> described) {
    Map<Object, Object> weights = new LinkedHashMap<>();
    if (described.get("state") instanceof Map<?, ?> state) {
      for (String part : new String[] {"_parameters", "_buffers", "_modules"}) {
        if (state.get(part) instanceof Map<?, ?> named) {
          weights.putAll(named);
        }
      }
    }
    return weights;
  }
}
