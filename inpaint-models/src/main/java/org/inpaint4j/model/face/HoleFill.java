package org.inpaint4j.model.face;

import java.util.Arrays;
import java.util.BitSet;
import org.inpaint4j.blend.SmoothFill;
import org.inpaint4j.image.ImagePlanes;
import org.inpaint4j.image.Mask;

/** What is put into the hole before the network looks. */
enum HoleFill {
  GREY {
    @Override
    Picture fill(Picture known, boolean[] missing) {
      float[] samples = known.samples().clone();
      for (int i = 0; i < missing.length; i++) {
        for (int c = 0; missing[i] && c < 3; c++) {
          samples[c * missing.length + i] = 128;
        }
      }
      return new Picture(known.size(), samples);
    }
  },
  PYRAMID {
    @Override
    Picture fill(Picture known, boolean[] missing) {
      int n = missing.length;
      float[] samples = Arrays.copyOf(known.samples(), 4 * n);
      for (int i = 0; i < n; i++) {
        samples[3 * n + i] = missing[i] ? 0 : 1;
        for (int c = 0; missing[i] && c < 3; c++) {
          samples[c * n + i] = 0;
        }
      }
      return Pyramid.fill(new Picture(known.size(), samples));
    }
  },
  MARCHING {
    @Override
    Picture fill(Picture known, boolean[] missing) {
      for (boolean m : missing) if (!m) return Marching.fill(known, missing);
      return GREY.fill(known, missing);
    }
  },
  HARMONIC {
    @Override
    Picture fill(Picture known, boolean[] missing) {
      return smooth(SmoothFill.HARMONIC, known, missing);
    }
  },
  BIHARMONIC {
    @Override
    Picture fill(Picture known, boolean[] missing) {
      return smooth(SmoothFill.BIHARMONIC, known, missing);
    }
  };

  abstract Picture fill(Picture known, boolean[] missing);

  private static Picture smooth(SmoothFill fill, Picture known, boolean[] missing) {
    BitSet hole = new BitSet();
    for (int i = 0; i < missing.length; i++) {
      hole.set(i, missing[i]);
    }
    if (hole.cardinality() == missing.length) return GREY.fill(known, missing);
    float[] in = known.samples().clone();
    for (int i = 0; i < in.length; i++) in[i] /= 255;
    float[] s = fill.fill(new ImagePlanes(3, known.size(), in), Mask.of(known.size(), hole)).samples().clone();
    for (int i = 0; i < s.length; i++) s[i] = Math.max(0, Math.min(255, 255 * s[i]));
    return new Picture(known.size(), s);
  }
}
