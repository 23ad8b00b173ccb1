package dev.puck.service.config;

import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import java.util.regex.Pattern;

/**
 * Quotes every text of which it is not plain that YAML reads it as it stands. Jackson's own rules
 * know what to quote, and miss some, such as a colon at the end.
 */
final class CautiousQuotes extends StringQuotingChecker.Default {
  private static final long serialVersionUID = 1;

  /** A colon only inside, as in an address or a URL. */
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z0-9/](?:[A-Za-z0-9_./-]|:(?=[A-Za-z0-9/]))*");

  @Override
  public boolean needToQuoteName(String name) {
    return !PLAIN.matcher(name).matches() || super.needToQuoteName(name);
  }

  @Override
  public boolean needToQuoteValue(String value) {
    return !PLAIN.matcher(value).matches() || super.needToQuoteValue(value);
  }
}
