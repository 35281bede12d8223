package org.inpaint4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.inpaint4j.eval.mask.MaskFiles;
import org.inpaint4j.eval.mask.MaskGenerator;
import org.inpaint4j.eval.mask.MaskSource;
import org.inpaint4j.eval.mask.NamedMasks;

/** The kinds of masks that {@code inpaint table} can name, generated or from files. */
final class TableKinds {

  /** The names of generated kinds. */
  static final class Names extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    Names() {
      super(MaskGenerator.names());
    }
  }

  private final Optional<MaskFiles> files;

  private TableKinds(Optional<MaskFiles> files) {
    this.files = files;
  }

  /** Generated masks. */
  static TableKinds generated() {
    return new TableKinds(Optional.empty());
  }

  /**
   * The masks of a folder, and generated ones.
   *
   * @param folder of {@code --mask-files}
   * @throws UserException if it holds no masks
   */
  static TableKinds withFiles(Path folder) throws UserException, IOException {
    if (!Files.isDirectory(folder)) {
      throw new UserException("--mask-files must be a folder: found " + folder);
    }
    try {
      return new TableKinds(Optional.of(MaskFiles.open(folder)));
    } catch (IOException e) {
      throw new UserException("--mask-files: " + e.getMessage());
    }
  }

  /** Whether an image is one of the table: with mask files, one that has any. */
  boolean covers(String image) {
    return files.map(masks -> masks.covers(image)).orElse(true);
  }

  /**
   * The masks of some names; those of files go before generated ones.
   *
   * @param names kinds of files, names of generators and {@code parts}; none for the kinds of the
   *     files, or the three of the paper
   * @throws UserException if a name is not known
   */
  List<MaskSource> named(List<String> names) throws UserException {
    try {
      return NamedMasks.of(files, names);
    } catch (IllegalArgumentException e) {
      throw new UserException("--masks: " + e.getMessage());
    }
  }
}
