<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis styleCategories="Symbology" version="3.22.16-Białowieża">
  <renderer-v2 attr="coalesce(&quot;nearest_distance_m&quot;, -1)" enableorderby="0" forceraster="0" graduatedMethod="GraduatedColor" referencescale="-1" symbollevels="0" type="graduatedSymbol">
    <ranges>
      <range label="none within reach" lower="-1.000000000000000" render="true" symbol="0" upper="-1.000000000000000"></range>
      <range label="0–50 m" lower="0.000000000000000" render="true" symbol="1" upper="50.000000000000000"></range>
      <range label="50–100 m" lower="50.000000000000000" render="true" symbol="2" upper="100.000000000000000"></range>
      <range label="100–250 m" lower="100.000000000000000" render="true" symbol="3" upper="250.000000000000000"></range>
      <range label="250–500 m" lower="250.000000000000000" render="true" symbol="4" upper="500.000000000000000"></range>
      <range label="500–1,000 m" lower="500.000000000000000" render="true" symbol="5" upper="1000.000000000000000"></range>
      <range label="1,000–5,000 m" lower="1000.000000000000000" render="true" symbol="6" upper="5000.000000000000000"></range>
      <range label="> 5,000 m" lower="5000.000000000000000" render="true" symbol="7" upper="1000000000.000000000000000"></range>
    </ranges>
    <symbols>
      <symbol alpha="1" clip_to_extent="1" force_rhr="0" name="0" type="marker">
        <data_defined_properties>
          <Option type="Map">
            <Option name="name" type="QString" value=""></Option>
            <Option name="properties"></Option>
            <Option name="type" type="QString" value="collection"></Option>
          </Option>
        </data_defined_properties>
        <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="angle" type="QString" value="0"></Option>
            <Option name="cap_style" type="QString" value="square"></Option>
            <Option name="color" type="QString" value="153,153,153,255"></Option>
            <Option name="horizontal_anchor_point" type="QString" value="1"></Option>
            <Option name="joinstyle" type="QString" value="bevel"></Option>
            <Option name="name" type="QString" value="cross2"></Option>
            <Option name="offset" type="QString" value="0,0"></Option>
            <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
            <Option name="offset_unit" type="QString" value="MM"></Option>
            <Option name="outline_color" type="QString" value="153,153,153,255"></Option>
            <Option name="outline_style" type="QString" value="solid"></Option>
            <Option name="outline_width" type="QString" value="0.4"></Option>
            <Option name="outline_width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
            <Option name="outline_width_unit" type="QString" value="MM"></Option>
            <Option name="scale_method" type="QString" value="diameter"></Option>
            <Option name="size" type="QString" value="1.6"></Option>
            <Option name="size_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
            <Option name="size_unit" type="QString" value="MM"></Option>
            <Option name="vertical_anchor_point" type="QString" value="1"></Option>
          </Option>
          <prop k="angle" v="0"></prop>
          <prop k="cap_style" v="square"></prop>
          <prop k="color" v="153,153,153,255"></prop>
          <prop k="horizontal_anchor_point" v="1"></prop>
          <prop k="joinstyle" v="bevel"></prop>
          <prop k="name" v="cross2"></prop>
          <prop k="offset" v="0,0"></prop>
          <prop k="offset_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
          <prop k="offset_unit" v="MM"></prop>
          <prop k="outline_color" v="153,153,153,255"></prop>
          <prop k="outline_style" v="solid"></prop>
          <prop k="outline_width" v="0.4"></prop>
          <prop k="outline_width_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
          <prop k="outline_width_unit" v="MM"></prop>
          <prop k="scale_method" v="diameter"></prop>
          <prop k="size" v="1.6"></prop>
          <prop k="size_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
          <prop k="size_unit" v="MM"></prop>
          <prop k="vertical_anchor_point" v="1"></prop>
          <data_defined_properties>
            <Option type="Map">
              <Option name="name" type="QString" value=""></Option>
              <Option name="properties"></Option>
              <Option name="type" type="QString" value="collection"></Option>
            </Option>
          </data_defined_properties>
        </layer>
      </symbol>
      <symbol alpha="1" clip_to_extent="1" force_rhr="0" name="1" type="marker">
        <data_defined_properties>
          <Option type="Map">
            <Option name="name" type="QString" value=""></Option>
            <Option name="properties"></Option>
            <Option name="type" type="QString" value="collection"></Option>
          </Option>
        </data_defined_properties>
        <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="angle" type="QString" value="0"></Option>
            <Option name="cap_style" type="QString" value="square"></Option>
            <Option name="color" type="QString" value="8,29,88,255"></Option>
            <Option name="horizontal_anchor_point" type="QString" value="1"></Option>
            <Option name="joinstyle" type="QString" value="bevel"></Option>
            <Option name="name" type="QString" value="circle"></Option>
            <Option name="offset" type="QString" value="0,0"></Option>
            <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
            <Option name="offset_unit" type="QString" value="MM"></Option>
            <Option name="outline_color" type="QString" value="61,74,84,255"></Option>
            <Option name="outline_style" type="QString" value="solid"></Option>
            <Option name="outline_width" type="QString" value="0.12"></Option>
            <Option name="outline_width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
            <Option name="outline_width_unit" type="QString" value="MM"></Option>
            <Option name="scale_method" type="QString" value="diameter"></Option>
            <Option name="size" type="QString" value="1.6"></Option>
            <Option name="size_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
            <Option name="size_unit" type="QString" value="MM"></Option>
            <Option name="vertical_anchor_point" type="QString" value="1"></Option>
          </Option>
          <prop k="angle" v="0"></prop>
          <prop k="cap_style" v="square"></prop>
          <prop k="color" v="8,29,88,255"></prop>
          <prop k="horizontal_anchor_point" v="1"></prop>
          <prop k="joinstyle" v="bevel"></prop>
          <prop k="name" v="circle"></prop>
          <prop k="offset" v="0,0"></prop>
          <prop k="offset_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
          <prop k="offset_unit" v="MM"></prop>
          <prop k="outline_color" v="61,74,84,255"></prop>
          <prop k="outline_style" v="solid"></prop>
          <prop k="outline_width" v="0.12"></prop>
          <prop k="outline_width_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
          <prop k="outline_width_unit" v="MM"></prop>
          <prop k="scale_method" v="diameter"></prop>
          <prop k="size" v="1.6"></prop>
          <prop k="size_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
          <prop k="size_unit" v="MM"></prop>
          <prop k="vertical_anchor_point" v="1"></prop>
          <data_defined_properties>
            <Option type="Map">
              <Option name="name" type="QString" value=""></Option>
              <Option name="properties"></Option>
              <Option name="type" type="QString" value="collection"></Option>
            </Option>
          </data_defined_properties>
        </layer>
      </symbol>
      <symbol alpha="1" clip_to_extent="1" force_rhr="0" name="2" type="marker">
        <data_defined_properties>
          <Option type="Map">
            <Option name="name" type="QString" value=""></Option>
            <Option name="properties"></Option>
            <Option name="type" type="QString" value="collection"></Option>
          </Option>
        </data_defined_properties>
        <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="angle" type="QString" value="0"></Option>
            <Option name="cap_style" type="QString" value="square"></Option>
            <Option name="color" type="QString" value="34,94,168,255"></Option>
            <Option name="horizontal_anchor_point" type="QString" value="1"></Option>
            <Option name="joinstyle" type="QString" value="bevel"></Option>
            <Option name="name" type="QString" value="circle"></Option>
            <Option name="offset" type="QString" value="0,0"></Option>
            <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
            <Option name="offset_unit" type="QString" value="MM"></Option>
            <Option name="outline_color" type="QString" value="61,74,84,255"></Option>
            <Option name="outline_style" type="QString" value="solid"></Option>
            <Option name="outline_width" type="QString" value="0.12"></Option>
            <Option name="outline_width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
            <Option name="outline_width_unit" type="QString" value="MM"></Option>
            <Option name="scale_method" type="QString" value="diameter"></Option>
            <Option name="size" type="QString" value="1.6"></Option>
            <Option name="size_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
            <Option name="size_unit" type="QString" value="MM"></Option>
            <Option name="vertical_anchor_point" type="QString" value="1"></Option>
          </Option>
          <prop k="angle" v="0"></prop>
          <prop k="cap_style" v="square"></prop>
          <prop k="color" v="34,94,168,255"></prop>
          <prop k="horizontal_anchor_point" v="1"></prop>
          <prop k="joinstyle" v="bevel"></prop>
          <prop k="name" v="circle"></prop>
          <prop k="offset" v="0,0"></prop>
          <prop k="offset_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
          <prop k="offset_unit" v="MM"></prop>
          <prop k="outline_color" v="61,74,84,255"></prop>
          <prop k="outline_style" v="solid"></prop>
          <prop k="outline_width" v="0.12"></prop>
          <prop k="outline_width_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
          <prop k="outline_width_unit" v="MM"></prop>
          <prop k="scale_method" v="diameter"></prop>
          <prop k="size" v="1.6"></prop>
          <prop k="size_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
          <prop k="size_unit" v="MM"></prop>
          <prop k="vertical_anchor_point" v="1"></prop>
          <data_defined_properties>
            <Option type="Map">
              <Option name="name" type="QString" value=""></Option>
              <Option name="properties"></Option>
              <Option name="type" type="QString" value="collection"></Option>
            </Option>
          </data_defined_properties>
        </layer>
      </symbol>
      <symbol alpha="1" clip_to_extent="1" force_rhr="0" name="3" type="marker">
        <data_defined_properties>
          <Option type="Map">
            <Option name="name" type="QString" value=""></Option>
            <Option name="properties"></Option>
            <Option name="type" type="QString" value="collection"></Option>
          </Option>
        </data_defined_properties>
        <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="angle" type="QString" value="0"></Option>
            <Option name="cap_style" type="QString" value="square"></Option>
            <Option name="color" type="QString" value="29,145,192,255"></Option>
            <Option name="horizontal_anchor_point" type="QString" value="1"></Option>
            <Option name="joinstyle" type="QString" value="bevel"></Option>
            <Option name="name" type="QString" value="circle"></Option>
            <Option name="offset" type="QString" value="0,0"></Option>
            <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
            <Option name="offset_unit" type="QString" value="MM"></Option>
            <Option name="outline_color" type="QString" value="61,74,84,255"></Option>
            <Option name="outline_style" type="QString" value="solid"></Option>
            <Option name="outline_width" type="QString" value="0.12"></Option>
            <Option name="outline_width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
            <Option name="outline_width_unit" type="QString" value="MM"></Option>
            <Option name="scale_method" type="QString" value="diameter"></Option>
            <Option name="size" type="QString" value="1.6"></Option>
            <Option name="size_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
            <Option name="size_unit" type="QString" value="MM"></Option>
            <Option name="vertical_anchor_point" type="QString" value="1"></Option>
          </Option>
          <prop k="angle" v="0"></prop>
          <prop k="cap_style" v="square"></prop>
          <prop k="color" v="29,145,192,255"></prop>
          <prop k="horizontal_anchor_point" v="1"></prop>
          <prop k="joinstyle" v="bevel"></prop>
          <prop k="name" v="circle"></prop>
          <prop k="offset" v="0,0"></prop>
          <prop k="offset_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
          <prop k="offset_unit" v="MM"></prop>
          <prop k="outline_color" v="61,74,84,255"></prop>
          <prop k="outline_style" v="solid"></prop>
          <prop k="outline_width" v="0.12"></prop>
          <prop k="outline_width_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
          <prop k="outline_width_unit" v="MM"></prop>
          <prop k="scale_method" v="diameter"></prop>
          <prop k="size" v="1.6"></prop>
          <prop k="size_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
          <prop k="size_unit" v="MM"></prop>
          <prop k="vertical_anchor_point" v="1"></prop>
          <data_defined_properties>
            <Option type="Map">
              <Option name="name" type="QString" value=""></Option>
              <Option name="properties"></Option>
              <Option name="type" type="QString" value="collection"></Option>
            </Option>
          </data_defined_properties>
        </layer>
      </symbol>
      <symbol alpha="1" clip_to_extent="1" force_rhr="0" name="4" type="marker">
        <data_defined_properties>
          <Option type="Map">
            <Option name="name" type="QString" value=""></Option>
            <Option name="properties"></Option>
            <Option name="type" type="QString" value="collection"></Option>
          </Option>
        </data_defined_properties>
        <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="angle" type="QString" value="0"></Option>
            <Option name="cap_style" type="QString" value="square"></Option>
            <Option name="color" type="QString" value="65,182,196,255"></Option>
            <Option name="horizontal_anchor_point" type="QString" value="1"></Option>
            <Option name="joinstyle" type="QString" value="bevel"></Option>
            <Option name="name" type="QString" value="circle"></Option>
            <Option name="offset" type="QString" value="0,0"></Option>
            <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
            <Option name="offset_unit" type="QString" value="MM"></Option>
            <Option name="outline_color" type="QString" value="61,74,84,255"></Option>
            <Option name="outline_style" type="QString" value="solid"></Option>
            <Option name="outline_width" type="QString" value="0.12"></Option>
            <Option name="outline_width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
            <Option name="outline_width_unit" type="QString" value="MM"></Option>
            <Option name="scale_method" type="QString" value="diameter"></Option>
            <Option name="size" type="QString" value="1.6"></Option>
            <Option name="size_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
            <Option name="size_unit" type="QString" value="MM"></Option>
            <Option name="vertical_anchor_point" type="QString" value="1"></Option>
          </Option>
          <prop k="angle" v="0"></prop>
          <prop k="cap_style" v="square"></prop>
          <prop k="color" v="65,182,196,255"></prop>
          <prop k="horizontal_anchor_point" v="1"></prop>
          <prop k="joinstyle" v="bevel"></prop>
          <prop k="name" v="circle"></prop>
          <prop k="offset" v="0,0"></prop>
          <prop k="offset_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
          <prop k="offset_unit" v="MM"></prop>
          <prop k="outline_color" v="61,74,84,255"></prop>
          <prop k="outline_style" v="solid"></prop>
          <prop k="outline_width" v="0.12"></prop>
          <prop k="outline_width_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
          <prop k="outline_width_unit" v="MM"></prop>
          <prop k="scale_method" v="diameter"></prop>
          <prop k="size" v="1.6"></prop>
          <prop k="size_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
          <prop k="size_unit" v="MM"></prop>
          <prop k="vertical_anchor_point" v="1"></prop>
          <data_defined_properties>
            <Option type="Map">
              <Option name="name" type="QString" value=""></Option>
              <Option name="properties"></Option>
              <Option name="type" type="QString" value="collection"></Option>
            </Option>
          </data_defined_properties>
        </layer>
      </symbol>
      <symbol alpha="1" clip_to_extent="1" force_rhr="0" name="5" type="marker">
        <data_defined_properties>
          <Option type="Map">
            <Option name="name" type="QString" value=""></Option>
            <Option name="properties"></Option>
            <Option name="type" type="QString" value="collection"></Option>
          </Option>
        </data_defined_properties>
        <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="angle" type="QString" value="0"></Option>
            <Option name="cap_style" type="QString" value="square"></Option>
            <Option name="color" type="QString" value="127,205,187,255"></Option>
            <Option name="horizontal_anchor_point" type="QString" value="1"></Option>
            <Option name="joinstyle" type="QString" value="bevel"></Option>
            <Option name="name" type="QString" value="circle"></Option>
            <Option name="offset" type="QString" value="0,0"></Option>
            <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
            <Option name="offset_unit" type="QString" value="MM"></Option>
            <Option name="outline_color" type="QString" value="61,74,84,255"></Option>
            <Option name="outline_style" type="QString" value="solid"></Option>
            <Option name="outline_width" type="QString" value="0.12"></Option>
            <Option name="outline_width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
            <Option name="outline_width_unit" type="QString" value="MM"></Option>
            <Option name="scale_method" type="QString" value="diameter"></Option>
            <Option name="size" type="QString" value="1.6"></Option>
            <Option name="size_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
            <Option name="size_unit" type="QString" value="MM"></Option>
            <Option name="vertical_anchor_point" type="QString" value="1"></Option>
          </Option>
          <prop k="angle" v="0"></prop>
          <prop k="cap_style" v="square"></prop>
          <prop k="color" v="127,205,187,255"></prop>
          <prop k="horizontal_anchor_point" v="1"></prop>
          <prop k="joinstyle" v="bevel"></prop>
          <prop k="name" v="circle"></prop>
          <prop k="offset" v="0,0"></prop>
          <prop k="offset_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
          <prop k="offset_unit" v="MM"></prop>
          <prop k="outline_color" v="61,74,84,255"></prop>
          <prop k="outline_style" v="solid"></prop>
          <prop k="outline_width" v="0.12"></prop>
          <prop k="outline_width_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
          <prop k="outline_width_unit" v="MM"></prop>
          <prop k="scale_method" v="diameter"></prop>
          <prop k="size" v="1.6"></prop>
          <prop k="size_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
          <prop k="size_unit" v="MM"></prop>
          <prop k="vertical_anchor_point" v="1"></prop>
          <data_defined_properties>
            <Option type="Map">
              <Option name="name" type="QString" value=""></Option>
              <Option name="properties"></Option>
              <Option name="type" type="QString" value="collection"></Option>
            </Option>
          </data_defined_properties>
        </layer>
      </symbol>
      <symbol alpha="1" clip_to_extent="1" force_rhr="0" name="6" type="marker">
        <data_defined_properties>
          <Option type="Map">
            <Option name="name" type="QString" value=""></Option>
            <Option name="properties"></Option>
            <Option name="type" type="QString" value="collection"></Option>
          </Option>
        </data_defined_properties>
        <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="angle" type="QString" value="0"></Option>
            <Option name="cap_style" type="QString" value="square"></Option>
            <Option name="color" type="QString" value="199,233,180,255"></Option>
            <Option name="horizontal_anchor_point" type="QString" value="1"></Option>
            <Option name="joinstyle" type="QString" value="bevel"></Option>
            <Option name="name" type="QString" value="circle"></Option>
            <Option name="offset" type="QString" value="0,0"></Option>
            <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
            <Option name="offset_unit" type="QString" value="MM"></Option>
            <Option name="outline_color" type="QString" value="61,74,84,255"></Option>
            <Option name="outline_style" type="QString" value="solid"></Option>
            <Option name="outline_width" type="QString" value="0.12"></Option>
            <Option name="outline_width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
            <Option name="outline_width_unit" type="QString" value="MM"></Option>
            <Option name="scale_method" type="QString" value="diameter"></Option>
            <Option name="size" type="QString" value="1.6"></Option>
            <Option name="size_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
            <Option name="size_unit" type="QString" value="MM"></Option>
            <Option name="vertical_anchor_point" type="QString" value="1"></Option>
          </Option>
          <prop k="angle" v="0"></prop>
          <prop k="cap_style" v="square"></prop>
          <prop k="color" v="199,233,180,255"></prop>
          <prop k="horizontal_anchor_point" v="1"></prop>
          <prop k="joinstyle" v="bevel"></prop>
          <prop k="name" v="circle"></prop>
          <prop k="offset" v="0,0"></prop>
          <prop k="offset_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
          <prop k="offset_unit" v="MM"></prop>
          <prop k="outline_color" v="61,74,84,255"></prop>
          <prop k="outline_style" v="solid"></prop>
          <prop k="outline_width" v="0.12"></prop>
          <prop k="outline_width_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
          <prop k="outline_width_unit" v="MM"></prop>
          <prop k="scale_method" v="diameter"></prop>
          <prop k="size" v="1.6"></prop>
          <prop k="size_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
          <prop k="size_unit" v="MM"></prop>
          <prop k="vertical_anchor_point" v="1"></prop>
          <data_defined_properties>
            <Option type="Map">
              <Option name="name" type="QString" value=""></Option>
              <Option name="properties"></Option>
              <Option name="type" type="QString" value="collection"></Option>
            </Option>
          </data_defined_properties>
        </layer>
      </symbol>
      <symbol alpha="1" clip_to_extent="1" force_rhr="0" name="7" type="marker">
        <data_defined_properties>
          <Option type="Map">
            <Option name="name" type="QString" value=""></Option>
            <Option name="properties"></Option>
            <Option name="type" type="QString" value="collection"></Option>
          </Option>
        </data_defined_properties>
        <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="angle" type="QString" value="0"></Option>
            <Option name="cap_style" type="QString" value="square"></Option>
            <Option name="color" type="QString" value="255,255,217,255"></Option>
            <Option name="horizontal_anchor_point" type="QString" value="1"></Option>
            <Option name="joinstyle" type="QString" value="bevel"></Option>
            <Option name="name" type="QString" value="circle"></Option>
            <Option name="offset" type="QString" value="0,0"></Option>
            <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
            <Option name="offset_unit" type="QString" value="MM"></Option>
            <Option name="outline_color" type="QString" value="61,74,84,255"></Option>
            <Option name="outline_style" type="QString" value="solid"></Option>
            <Option name="outline_width" type="QString" value="0.12"></Option>
            <Option name="outline_width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
            <Option name="outline_width_unit" type="QString" value="MM"></Option>
            <Option name="scale_method" type="QString" value="diameter"></Option>
            <Option name="size" type="QString" value="1.6"></Option>
            <Option name="size_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0"></Option>
            <Option name="size_unit" type="QString" value="MM"></Option>
            <Option name="vertical_anchor_point" type="QString" value="1"></Option>
          </Option>
          <prop k="angle" v="0"></prop>
          <prop k="cap_style" v="square"></prop>
          <prop k="color" v="255,255,217,255"></prop>
          <prop k="horizontal_anchor_point" v="1"></prop>
          <prop k="joinstyle" v="bevel"></prop>
          <prop k="name" v="circle"></prop>
          <prop k="offset" v="0,0"></prop>
          <prop k="offset_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
          <prop k="offset_unit" v="MM"></prop>
          <prop k="outline_color" v="61,74,84,255"></prop>
          <prop k="outline_style" v="solid"></prop>
          <prop k="outline_width" v="0.12"></prop>
          <prop k="outline_width_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
          <prop k="outline_width_unit" v="MM"></prop>
          <prop k="scale_method" v="diameter"></prop>
          <prop k="size" v="1.6"></prop>
          <prop k="size_map_unit_scale" v="3x:0,0,0,0,0,0"></prop>
          <prop k="size_unit" v="MM"></prop>
          <prop k="vertical_anchor_point" v="1"></prop>
          <data_defined_properties>
            <Option type="Map">
              <Option name="name" type="QString" value=""></Option>
              <Option name="properties"></Option>
              <Option name="type" type="QString" value="collection"></Option>
            </Option>
          </data_defined_properties>
        </layer>
      </symbol>
    </symbols>
    <classificationMethod id="Custom">
      <symmetricMode astride="0" enabled="0" symmetrypoint="0"></symmetricMode>
      <labelFormat format="%1 - %2" labelprecision="4" trimtrailingzeroes="1"></labelFormat>
      <parameters>
        <Option></Option>
      </parameters>
      <extraInformation></extraInformation>
    </classificationMethod>
    <rotation></rotation>
    <sizescale></sizescale>
  </renderer-v2>
  <blendMode>0</blendMode>
  <featureBlendMode>0</featureBlendMode>
  <layerGeometryType>0</layerGeometryType>
</qgis>
