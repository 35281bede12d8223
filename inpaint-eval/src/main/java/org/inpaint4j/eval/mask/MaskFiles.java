package org.inpaint4j.eval.mask;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.inpaint4j.eval.picture.KindFiles;
import org.inpaint4j.files.PictureFile;
import org.inpaint4j.image.Mask;

/**
 * A folder with a mask file for each image and kind of hole: {@code NAME.KIND.png}, white where the
 * hole is. Something may stand before the image's name, with a hyphen: {@code dev-coffee.blob.png}
 * is the mask {@code blob} of the image {@code coffee}.
 */
public final class MaskFiles {

  private final Path folder;
  private final KindFiles files;

  private MaskFiles(Path folder, KindFiles files) {
    this.folder = folder;
    this.files = files;
  }

  /**
   * Looks at the names of a folder's files.
   *
   * @param folder a folder; files that are no pictures, or whose name has no kind, are ignored
   * @return the masks
   * @throws IOException if the folder cannot be read or holds no mask files
   */
  public static MaskFiles open(Path folder) throws IOException {
    KindFiles files = KindFiles.open(folder);
    if (files.kinds().isEmpty()) {
      throw new IOException(
          "a folder of masks must hold files NAME.KIND.png: found none in " + folder);
    }
    return new MaskFiles(folder, files);
  }

  /**
   * The kinds of holes that there are.
   *
   * @return their names, sorted
   */
  public List<String> kinds() {
    return files.kinds();
  }

  /**
   * Whether an image has a mask of any kind.
   *
   * @param image the name of the image, without ending
   * @return true if there is one
   */
  public boolean covers(String image) {
    return kinds().stream().anyMatch(kind -> files.has(image, kind));
  }

  /**
   * The masks of a kind.
   *
   * @param kind one of {@link #kinds}
   * @return the masks of the images that have one
   */
  public MaskSource kind(String kind) {
    return new Kind(this, kind);
  }

  /** The masks of one kind. */
  private record Kind(MaskFiles all, String name) implements MaskSource {

    @Override
    public boolean covers(String image) {
      return all.files.has(image, name);
    }

    @Override
    public boolean isRandom() {
      return false;
    }

    @Override
    public Mask maskOf(String image, int width, int height, long seed) throws IOException {
      Path file = all.files.find(image, name);
      Mask mask = Mask.whiteIsHole(PictureFile.read("a mask", file).image());
      if (mask.width() != width || mask.height() != height) {
        throw new IOException(
            String.format(
                "a mask must be as large as its image: expected %dx%d, found %dx%d in %s",
                width, height, mask.width(), mask.height(), file));
      }
      if (mask.holeCount() == 0 || mask.holeCount() == width * height) {
        throw new IOException(
            "a mask must have both hole and known pixels: found " + mask + " in " + file);
      }
      return mask;
    }

    @Override
    public String toString() {
      return name + " of " + all.folder;
    }
  }
}
