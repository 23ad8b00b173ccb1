package dev.puck.embedded.junit;

import dev.puck.embedded.EmbeddedServers;
import java.util.ServiceLoader;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests real servers: {@code @ExtendWith(PuckExtension.class)}.
 *
 * <p>A parameter of type {@link TestEnvironment} is a database and a topic prefix for this test
 * alone; in {@code @BeforeAll} it is one for all tests of the class. A parameter of type {@link
 * EmbeddedServers} is embedded servers that all tests of the run share, for those that need their
 * processes; a test that stops or kills something makes its own with {@link
 * EmbeddedServers#inTemporaryDirectory()}.
 *
 * <p>A server starts when a test first uses it, and ends with the run.
 */
public final class PuckExtension implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(PuckExtension.class);

  /** So that a constructor's environment is that of the test, too. */
  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == EmbeddedServers.class || type == TestEnvironment.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == EmbeddedServers.class
        ? servers(context)
        : environment(context);
  }

  /** JUnit closes what is in this store when the run ends. */
  private static EmbeddedServers servers(ExtensionContext context) {
    Store store = context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE);
    return store.computeIfAbsent(
        EmbeddedServers.class,
        type -> EmbeddedServers.inTemporaryDirectory(),
        EmbeddedServers.class);
  }

  /** The embedded ones, unless the class path has others. */
  private static SharedServers shared(ExtensionContext context) {
    Store store = context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE);
    return store.computeIfAbsent(
        SharedServers.class,
        type ->
            ServiceLoader.load(SharedServers.class)
                .findFirst()
                .orElseGet(() -> new SharedEmbeddedServers(servers(context))),
        SharedServers.class);
  }

  /**
   * JUnit closes what is in this store after the test, and reports what is wrong as its failure.
   */
  private static TestEnvironment environment(ExtensionContext context) {
    return context
        .getStore(NAMESPACE)
        .computeIfAbsent(
            TestEnvironment.class,
            type -> new TestEnvironment(shared(context)),
            TestEnvironment.class);
  }
}
