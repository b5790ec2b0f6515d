package dev.ferry.client.cli;

import dev.ferry.client.Rules;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How fast content may go. */
final class RateOption {
  @Option(
      names = "--limit-rate",
      paramLabel = "RATE",
      converter = Rate.class,
      description =
          "Move at most so many bytes of content per second, over all connections together: 500K,"
              + " 2.5M, 1G.")
  private long rate;

  /** Bytes per second; 0 if it was not given. */
  long rate() {
    return rate;
  }

  /** Bytes, or so many times 1024, 1024² or 1024³ of them. */
  static final class Rate implements ITypeConverter<Long> {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,9})?)([KMG]?)");

    @Override
    public Long convert(String text) {
      Matcher matcher = FORM.matcher(text.toUpperCase(Locale.ROOT));
      if (!matcher.matches()) {
        throw new TypeConversionException(
            "'%s' is no rate; one looks like 500K, 2.5M or 1G".formatted(text));
      }
      double unit = Math.scalb(1.0, 10 * " KMG".indexOf(matcher.group(2)));
      long rate = (long) (Double.parseDouble(matcher.group(1)) * unit);
      if (rate < Rules.LEAST_RATE) {
        throw new TypeConversionException(
            "'%s' is too slow for a transfer; the least is %dK"
                .formatted(text, Rules.LEAST_RATE >> 10));
      }
      return rate;
    }
  }
}
