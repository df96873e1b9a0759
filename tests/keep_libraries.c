/* keep_libraries.c - linked into sanitizer builds only: libraries stay loaded, so that the leak checker can name what
 * stands on its stacks. */
int dlclose(void *handle);

int dlclose(void *handle)
{
    (void)handle;
    return 0;
}
